using NasEngine.Core.Objectives;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;

namespace NasEngine.Testing.Search;

/// <summary>Knows the latency of a <see cref="SyntheticProblem"/> without evaluating it, and nothing else.</summary>
public sealed class SyntheticEstimator(SearchProblem problem) : ICostEstimator
{
    public double Estimate(Genotype genotype, MetricKey key) =>
        key == SyntheticProblem.Latency ? SyntheticProblem.Evaluate(problem, genotype).Metrics[key.ToString()] : double.NaN;
}
