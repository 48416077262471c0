using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NasEngine.Search.Surrogates;

/// <summary>What a Gaussian process says of every architecture of a pool, kept up to date while observations are added.</summary>
/// <remarks>
/// It keeps <c>L⁻¹ · K(observed, pool)</c>, a row for each observation: the mean is its product with <c>L⁻¹ y</c>, the variance what its squares
/// leave over. A new observation costs one row, and no value depends on how many were added at a time. Single precision, but for the factor.
/// </remarks>
internal sealed class PoolPosterior
{
    private const int Block = 128;
    private const int LeastCapacity = 64;

    private readonly FeatureRows _rows;
    private readonly SurrogateKernel _kernel;
    private readonly int _size;
    private readonly int[] _columns;
    private readonly float[] _weights;
    private readonly float[] _features; // [block × column × lane]
    private readonly float[] _codes; // [block × gene × lane]
    private readonly CholeskyFactor _factor = new();
    private readonly List<int> _observed = [];
    private readonly float[] _explained; // the sum of squares, [pool]
    private float[][] _solved; // [block][observation × lane]

    /// <summary>Initializes the posterior without observations.</summary>
    /// <param name="rows">Features of the pool and of what will be observed.</param>
    /// <param name="pool">The rows that make up the pool.</param>
    /// <param name="kernel">The kernel.</param>
    public PoolPosterior(FeatureRows rows, ReadOnlySpan<int> pool, SurrogateKernel kernel)
    {
        (_rows, _kernel, _size) = (rows, kernel, pool.Length);
        _columns = [.. Enumerable.Range(0, rows.Columns).Where(column => kernel.Weights[column] > 0)];
        _weights = [.. _columns.Select(column => (float)Math.Sqrt(kernel.Weights[column]))];
        int blocks = (_size + Block - 1) / Block;
        _features = new float[blocks * _columns.Length * Block];
        _codes = new float[blocks * rows.Genes * Block];
        _explained = new float[blocks * Block];
        _solved = new float[blocks][];
        for (int member = 0; member < _size; member++)
        {
            (int block, int lane) = Math.DivRem(member, Block);
            ReadOnlySpan<float> features = rows.Features(pool[member]);
            for (int column = 0; column < _columns.Length; column++)
            {
                _features[(((block * _columns.Length) + column) * Block) + lane] = features[_columns[column]] * _weights[column];
            }

            ReadOnlySpan<byte> codes = rows.Codes(pool[member]);
            for (int gene = 0; gene < rows.Genes; gene++)
            {
                _codes[(((block * rows.Genes) + gene) * Block) + lane] = codes[gene];
            }
        }

        for (int block = 0; block < blocks; block++)
        {
            _solved[block] = new float[LeastCapacity * Block];
        }
    }

    /// <summary>Gets the rows observed, in the order they came.</summary>
    public IReadOnlyList<int> Observed => _observed;

    /// <summary>Adds observations; their values are not needed yet.</summary>
    /// <param name="observations">Their rows.</param>
    public void Extend(IReadOnlyList<int> observations)
    {
        int from = _observed.Count;
        foreach (int observation in observations)
        {
            double[] line = new double[_observed.Count + 1];
            for (int other = 0; other < _observed.Count; other++)
            {
                line[other] = Covariance(observation, _observed[other]);
            }

            line[^1] = _kernel.Variance;
            _factor.Append(line);
            _observed.Add(observation);
        }

        Span<float> lane = stackalloc float[Block];
        for (int block = 0; block < _solved.Length; block++)
        {
            if (_solved[block].Length < _observed.Count * Block)
            {
                Array.Resize(ref _solved[block], Math.Max(2 * _solved[block].Length, _observed.Count * Block));
            }

            for (int row = from; row < _observed.Count; row++)
            {
                CovarianceWithBlock(block, _observed[row], lane);
                Solve(_solved[block], row, lane);
                AddSquares(_explained.AsSpan(block * Block, Block), _solved[block].AsSpan(row * Block, Block));
            }
        }
    }

    /// <summary>Computes the means of the whole pool.</summary>
    /// <param name="values">The values observed, as many as there are observations, or fewer: the last ones then count as if they were predicted exactly.</param>
    /// <param name="means">Receives one mean for each member.</param>
    public void Means(ReadOnlySpan<double> values, Span<float> means)
    {
        double[] solved = values.ToArray();
        _factor.SolveLower(solved);
        Span<float> sums = stackalloc float[Block];
        for (int block = 0; block < _solved.Length; block++)
        {
            sums.Clear();
            Span<Vector256<float>> target = MemoryMarshal.Cast<float, Vector256<float>>(sums);
            for (int row = 0; row < solved.Length; row++)
            {
                ReadOnlySpan<Vector256<float>> source = MemoryMarshal.Cast<float, Vector256<float>>(_solved[block].AsSpan(row * Block, Block));
                Vector256<float> by = Vector256.Create((float)solved[row]);
                for (int lane = 0; lane < target.Length; lane++)
                {
                    target[lane] += source[lane] * by;
                }
            }

            sums[..Math.Min(Block, _size - (block * Block))].CopyTo(means[(block * Block)..]);
        }
    }

    /// <summary>Computes the variances of the whole pool, the nugget of each architecture included.</summary>
    public void Variances(Span<float> variances)
    {
        float variance = (float)_kernel.Variance;
        float least = (float)Math.Max(_kernel.Nugget, 1e-6 * variance);
        for (int member = 0; member < _size; member++)
        {
            variances[member] = Math.Max(least, variance - _explained[member]);
        }
    }

    /// <summary>Gives the posterior of some members of the pool alone, with the same observations.</summary>
    /// <param name="pool">The rows of the pool.</param>
    /// <param name="members">Their places in it.</param>
    public PoolPosterior Among(ReadOnlySpan<int> pool, ReadOnlySpan<int> members)
    {
        int[] rows = new int[members.Length];
        for (int index = 0; index < rows.Length; index++)
        {
            rows[index] = pool[members[index]];
        }

        PoolPosterior some = new(_rows, rows, _kernel);
        some._observed.AddRange(_observed);
        for (int row = 0; row < _factor.Count; row++)
        {
            some._factor.Adopt(_factor.Row(row));
        }

        for (int block = 0; block < some._solved.Length; block++)
        {
            some._solved[block] = new float[Math.Max(LeastCapacity, _observed.Count + 16) * Block];
        }

        for (int index = 0; index < rows.Length; index++)
        {
            (int block, int lane) = Math.DivRem(members[index], Block);
            (int toBlock, int toLane) = Math.DivRem(index, Block);
            some._explained[index] = _explained[members[index]];
            for (int row = 0; row < _observed.Count; row++)
            {
                some._solved[toBlock][(row * Block) + toLane] = _solved[block][(row * Block) + lane];
            }
        }

        return some;
    }

    private double Covariance(int first, int second)
    {
        ReadOnlySpan<float> a = _rows.Features(first);
        ReadOnlySpan<float> b = _rows.Features(second);
        double distance = 0;
        for (int column = 0; column < _columns.Length; column++)
        {
            double difference = a[_columns[column]] - b[_columns[column]];
            distance += difference * difference * _kernel.Weights[_columns[column]];
        }

        return _kernel.Covariance(distance, SurrogateKernel.Differing(_rows.Codes(first), _rows.Codes(second)));
    }

    private void CovarianceWithBlock(int block, int observation, Span<float> covariances)
    {
        Span<float> distances = stackalloc float[Block];
        Span<float> differing = stackalloc float[Block];
        distances.Clear();
        differing.Clear();
        Span<Vector256<float>> distance = MemoryMarshal.Cast<float, Vector256<float>>(distances);
        Span<Vector256<float>> differs = MemoryMarshal.Cast<float, Vector256<float>>(differing);
        ReadOnlySpan<float> features = _rows.Features(observation);
        for (int column = 0; column < _columns.Length; column++)
        {
            Vector256<float> own = Vector256.Create(features[_columns[column]] * _weights[column]);
            ReadOnlySpan<Vector256<float>> theirs = MemoryMarshal.Cast<float, Vector256<float>>(_features.AsSpan(((block * _columns.Length) + column) * Block, Block));
            for (int lane = 0; lane < distance.Length; lane++)
            {
                Vector256<float> difference = theirs[lane] - own;
                distance[lane] += difference * difference;
            }
        }

        ReadOnlySpan<byte> codes = _rows.Codes(observation);
        for (int gene = 0; gene < codes.Length; gene++)
        {
            Vector256<float> own = Vector256.Create((float)codes[gene]);
            ReadOnlySpan<Vector256<float>> theirs = MemoryMarshal.Cast<float, Vector256<float>>(_codes.AsSpan(((block * codes.Length) + gene) * Block, Block));
            for (int lane = 0; lane < differs.Length; lane++)
            {
                differs[lane] += Vector256.AndNot(Vector256<float>.One, Vector256.Equals(theirs[lane], own));
            }
        }

        Span<Vector256<float>> result = MemoryMarshal.Cast<float, Vector256<float>>(covariances);
        Vector256<float> numeric = Vector256.Create((float)_kernel.Numeric), exchangeable = Vector256.Create((float)_kernel.Exchangeable);
        Vector256<float> decay = Vector256.Create((float)_kernel.Decay), additive = Vector256.Create((float)_kernel.Additive);
        for (int lane = 0; lane < result.Length; lane++)
        {
            Vector256<float> r = Vector256.Sqrt(distance[lane]) * (float)SurrogateKernel.Root5;
            Vector256<float> share = differs[lane] / codes.Length;
            result[lane] = (numeric * (Vector256<float>.One + r + (r * r / 3)) * Vector256.Exp(-r))
                + (exchangeable * Vector256.Exp(-decay * share)) + (additive * (Vector256<float>.One - share));
        }
    }

    // One row of L⁻¹ K: what the rows before it do not explain, by the diagonal.
    private void Solve(float[] solved, int row, ReadOnlySpan<float> covariances)
    {
        ReadOnlySpan<double> factor = _factor.Row(row);
        ReadOnlySpan<Vector256<float>> start = MemoryMarshal.Cast<float, Vector256<float>>(covariances);
        Span<Vector256<float>> all = MemoryMarshal.Cast<float, Vector256<float>>(solved.AsSpan());
        int lanes = start.Length;
        Vector256<float> scale = Vector256.Create((float)(1 / factor[row]));
        for (int lane = 0; lane < lanes; lane += 4)
        {
            (Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d) = (start[lane], start[lane + 1], start[lane + 2], start[lane + 3]);
            for (int before = 0, at = lane; before < row; before++, at += lanes)
            {
                Vector256<float> by = Vector256.Create((float)factor[before]);
                a -= all[at] * by;
                b -= all[at + 1] * by;
                c -= all[at + 2] * by;
                d -= all[at + 3] * by;
            }

            int to = (row * lanes) + lane;
            (all[to], all[to + 1], all[to + 2], all[to + 3]) = (a * scale, b * scale, c * scale, d * scale);
        }
    }

    private static void AddSquares(Span<float> target, ReadOnlySpan<float> row)
    {
        Span<Vector256<float>> sums = MemoryMarshal.Cast<float, Vector256<float>>(target);
        ReadOnlySpan<Vector256<float>> values = MemoryMarshal.Cast<float, Vector256<float>>(row);
        for (int lane = 0; lane < sums.Length; lane++)
        {
            sums[lane] += values[lane] * values[lane];
        }
    }
}
