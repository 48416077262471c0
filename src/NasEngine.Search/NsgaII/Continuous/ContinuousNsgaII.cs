using NasEngine.Core.Randomness;
using NasEngine.Numerics.Sampling;

namespace NasEngine.Search.NsgaII.Continuous;

/// <summary>NSGA-II over real variables within bounds: the survival of the algorithm over genotypes, with variation for numbers.</summary>
/// <remarks>
/// Deb, Pratap, Agarwal, Meyarivan 2002. Points lie in flat arrays that are made once; a generation allocates nothing. Not thread-safe.
/// The same seed gives the same points in any process.
/// </remarks>
public sealed class ContinuousNsgaII
{
    private readonly int _size;
    private readonly int _variables;
    private readonly int _objectives;
    private readonly ContinuousObjectives _evaluate;
    private readonly RealVariation _variation;
    private readonly SurvivalSelection _selection = new();
    private readonly double[] _points; // the population, then its children
    private readonly double[] _costs;
    private readonly double[] _violations; // none: there are no limits but the bounds
    private readonly bool[] _isKept;
    private readonly int[] _ranks;
    private readonly double[] _crowding;
    private readonly int[] _order;
    private RandomDraws _random;

    /// <summary>Draws the first population uniformly within the bounds and evaluates it.</summary>
    /// <param name="lower">The least value of each variable, <c>[n]</c>; finite.</param>
    /// <param name="upper">The largest, <c>[n]</c>; finite and not less.</param>
    /// <param name="objectiveCount">The number of costs, <c>m</c>; at least 1.</param>
    /// <param name="evaluate">Evaluates one point.</param>
    /// <param name="options">Settings.</param>
    /// <param name="seed">Any value.</param>
    /// <exception cref="ArgumentException">The bounds do not fit each other, or an option is out of its range.</exception>
    public ContinuousNsgaII(
        ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, int objectiveCount, ContinuousObjectives evaluate, ContinuousNsgaIIOptions options, long seed)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectiveCount, 1);
        CheckBounds(lower, upper);
        bool inRange = options.PopulationSize >= 4 && options.PopulationSize % 2 == 0 && options.CrossoverProbability is >= 0 and <= 1
            && options.MutationProbability is null or (>= 0 and <= 1) && options.CrossoverIndex >= 0 && options.MutationIndex >= 0;
        if (!inRange)
        {
            throw new ArgumentException($"Populations are even and hold at least 4, probabilities lie from 0 to 1, indices from 0; got {options}.", nameof(options));
        }

        (_size, _variables, _objectives, _evaluate) = (options.PopulationSize, lower.Length, objectiveCount, evaluate);
        _variation = new RealVariation(lower.ToArray(), upper.ToArray(), options);
        (_points, _costs) = (new double[2 * _size * _variables], new double[2 * _size * _objectives]);
        (_violations, _isKept) = (new double[2 * _size], new bool[2 * _size]);
        (_ranks, _crowding, _order) = (new int[_size], new double[_size], [.. Enumerable.Range(0, _size)]);
        _random = new RandomDraws((ulong)new SeedTree(seed).Child("continuous").Seed);
        for (int index = 0; index < _size * _variables; index++)
        {
            int variable = index % _variables;
            _points[index] = lower[variable] + (_random.NextDouble() * (upper[variable] - lower[variable]));
        }

        Evaluate(0);
        _selection.Choose(_costs.AsSpan(0, _size * _objectives), _objectives, _violations.AsSpan(0, _size), _size);
        _selection.Ranks[.._size].CopyTo(_ranks);
        _selection.Crowding[.._size].CopyTo(_crowding);
    }

    /// <summary>Gets the population, row-major <c>[population × n]</c>.</summary>
    public ReadOnlySpan<double> Variables => _points.AsSpan(0, _size * _variables);

    /// <summary>Gets its costs, row-major <c>[population × m]</c>.</summary>
    public ReadOnlySpan<double> Costs => _costs.AsSpan(0, _size * _objectives);

    /// <summary>Makes and evaluates as many children as the population holds, and keeps the best of both.</summary>
    /// <remarks>Parents come from two rounds of tournaments between neighbours in a shuffled order: every point takes part in each.</remarks>
    public void Advance()
    {
        for (int half = 0; half < 2; half++)
        {
            for (int place = _size - 1; place > 0; place--)
            {
                int other = _random.Below(place + 1);
                (_order[place], _order[other]) = (_order[other], _order[place]);
            }

            for (int place = 0; place < _size; place += 2)
            {
                int winner = Better(_order[place], _order[place + 1]);
                Point(winner).CopyTo(Point(_size + (((half * _size) + place) / 2)));
            }
        }

        for (int child = _size; child < 2 * _size; child += 2)
        {
            _variation.Cross(Point(child), Point(child + 1), ref _random);
            _variation.Mutate(Point(child), ref _random);
            _variation.Mutate(Point(child + 1), ref _random);
        }

        Evaluate(_size);
        Keep(_selection.Choose(_costs, _objectives, _violations, _size));
    }

    private static void CheckBounds(ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        bool fits = lower.Length > 0 && lower.Length == upper.Length;
        for (int variable = 0; fits && variable < lower.Length; variable++)
        {
            fits = double.IsFinite(lower[variable]) && double.IsFinite(upper[variable]) && lower[variable] <= upper[variable];
        }

        if (!fits)
        {
            throw new ArgumentException($"Bounds are finite, as many below as above, and ascend; got {lower.Length} and {upper.Length}.", nameof(lower));
        }
    }

    private Span<double> Point(int row) => _points.AsSpan(row * _variables, _variables);

    private Span<double> CostsOf(int row) => _costs.AsSpan(row * _objectives, _objectives);

    private void Evaluate(int from)
    {
        for (int row = from; row < from + _size; row++)
        {
            _evaluate(Point(row), CostsOf(row));
        }
    }

    // Survivors among the children move into the places of those that go.
    private void Keep(ReadOnlySpan<int> chosen)
    {
        _isKept.AsSpan().Clear();
        foreach (int row in chosen)
        {
            _isKept[row] = true;
        }

        int free = 0;
        foreach (int row in chosen)
        {
            int place = row;
            if (row >= _size)
            {
                while (_isKept[free])
                {
                    free++;
                }

                place = free++;
                Point(row).CopyTo(Point(place));
                CostsOf(row).CopyTo(CostsOf(place));
            }

            (_ranks[place], _crowding[place]) = (_selection.Ranks[row], _selection.Crowding[row]);
        }
    }

    private int Better(int first, int second) =>
        _ranks[second] < _ranks[first] || (_ranks[second] == _ranks[first] && _crowding[second] > _crowding[first]) ? second : first;
}
