using NasEngine.Core.Spaces;

namespace NasEngine.Jobs.ZeroCost;

/// <summary>The scores of one architecture.</summary>
/// <param name="Genotype">The architecture.</param>
/// <param name="Scores">One score for each proxy; NaN or an infinity where the score has no value.</param>
public sealed record ProxyRow(Genotype Genotype, IReadOnlyList<double> Scores);
