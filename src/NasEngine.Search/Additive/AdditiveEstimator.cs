using NasEngine.Core.Objectives;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;

namespace NasEngine.Search.Additive;

/// <summary>Estimates costs by additive tables, one for each value that it knows.</summary>
/// <param name="tables">The tables by key.</param>
public sealed class AdditiveEstimator(IReadOnlyDictionary<MetricKey, AdditiveTable> tables) : ICostEstimator
{
    /// <inheritdoc/>
    public double Estimate(Genotype genotype, MetricKey key) => tables.TryGetValue(key, out AdditiveTable? table) ? table.Sum(genotype) : double.NaN;
}
