using NasEngine.Search.Surrogates;

namespace NasEngine.Search.Bayesian;

/// <summary>The logarithm of the hypervolume that an architecture is expected to add, from independent normal predictions of its costs.</summary>
/// <remarks>
/// Exact for any number of objectives: over each undominated box the expectation is a product of differences of one-dimensional expected
/// improvements (Emmerich, Deutz, Klinkenberg: Hypervolume-Based Expected Improvement, 2011; Yang and others, 2019). With one objective it is
/// expected improvement. Where the sum is too small for a number, it is taken in logarithms (Ament and others, 2023).
/// </remarks>
internal sealed class HypervolumeImprovement
{
    private const double LeastSum = 1e-250;

    private readonly BoxDecomposition _decomposition;
    private readonly double[][] _improvements;
    private readonly double[][] _steps; // of the points, ascending in the first and descending in the second of two objectives

    /// <summary>Initializes the acquisition for a front.</summary>
    /// <param name="front">Costs of what is known.</param>
    /// <param name="reference">The reference point.</param>
    public HypervolumeImprovement(IReadOnlyList<double[]> front, double[] reference)
    {
        _decomposition = new BoxDecomposition(front, reference);
        _improvements = [.. _decomposition.Levels.Select(levels => new double[levels.Length])];
        _steps = Staircase(front, reference);
        Reference = reference;
    }

    /// <summary>Gets the reference point.</summary>
    public double[] Reference { get; }

    /// <summary>Says whether even costs this good add nothing.</summary>
    /// <param name="costs">Costs.</param>
    public bool IsDominated(ReadOnlySpan<double> costs)
    {
        for (int objective = 0; objective < costs.Length; objective++)
        {
            if (costs[objective] >= Reference[objective])
            {
                return true;
            }
        }

        foreach (double[] step in _steps)
        {
            int objective = 0;
            while (objective < costs.Length && step[objective] <= costs[objective])
            {
                objective++;
            }

            if (objective == costs.Length)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Computes the logarithm of the expected improvement.</summary>
    /// <param name="means">Predicted costs.</param>
    /// <param name="deviations">Their standard deviations; above 0.</param>
    /// <returns>A finite number, except for minus infinity where there is no box.</returns>
    public double LogExpected(ReadOnlySpan<double> means, ReadOnlySpan<double> deviations)
    {
        for (int objective = 0; objective < means.Length; objective++)
        {
            double[] levels = _decomposition.Levels[objective];
            for (int level = 1; level < levels.Length; level++)
            {
                _improvements[objective][level] = deviations[objective] * NormalDistribution.Improvement((levels[level] - means[objective]) / deviations[objective]);
            }
        }

        double sum = 0;
        foreach (int[] box in _decomposition.Boxes)
        {
            double product = 1;
            for (int objective = 0; objective < means.Length; objective++)
            {
                product *= _improvements[objective][box[means.Length + objective]] - _improvements[objective][box[objective]];
            }

            sum += Math.Max(0, product);
        }

        return sum > LeastSum ? Math.Log(sum) : LogOfSum(means, deviations);
    }

    private double LogOfSum(ReadOnlySpan<double> means, ReadOnlySpan<double> deviations)
    {
        double[] logarithms = new double[_decomposition.Boxes.Count];
        double greatest = double.NegativeInfinity;
        for (int index = 0; index < logarithms.Length; index++)
        {
            int[] box = _decomposition.Boxes[index];
            double product = 0;
            for (int objective = 0; objective < means.Length; objective++)
            {
                double[] levels = _decomposition.Levels[objective];
                double high = NormalDistribution.LogImprovement((levels[box[means.Length + objective]] - means[objective]) / deviations[objective]);
                double low = box[objective] == 0 ? double.NegativeInfinity : NormalDistribution.LogImprovement((levels[box[objective]] - means[objective]) / deviations[objective]);
                product += Math.Log(deviations[objective]) + high + Math.Log(-Math.Min(-1e-300, Math.Exp(Math.Min(0, low - high)) - 1));
            }

            logarithms[index] = product;
            greatest = Math.Max(greatest, product);
        }

        return double.IsNegativeInfinity(greatest) ? greatest : greatest + Math.Log(logarithms.Sum(value => Math.Exp(value - greatest)));
    }

    private static double[][] Staircase(IReadOnlyList<double[]> front, double[] reference) =>
        [.. front.Where(point => point.Zip(reference).All(static pair => pair.First < pair.Second)).OrderBy(point => point[0])];
}
