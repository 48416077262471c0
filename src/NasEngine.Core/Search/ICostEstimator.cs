using NasEngine.Core.Objectives;
using NasEngine.Core.Spaces;

namespace NasEngine.Core.Search;

/// <summary>Says what an architecture costs without evaluating it, so that a search need not propose what is beyond a limit.</summary>
/// <remarks>Pure and quick: it is asked thousands of times for each evaluation. Thread-safe.</remarks>
public interface ICostEstimator
{
    /// <summary>Gives a value of an architecture.</summary>
    /// <param name="genotype">A canonical genotype of the problem's space.</param>
    /// <param name="key">Which value; only keys of the problem's limits are asked for.</param>
    /// <returns>The value, in the unit of the limit, or NaN if the estimator does not know this one: then only an evaluation tells.</returns>
    double Estimate(Genotype genotype, MetricKey key);
}
