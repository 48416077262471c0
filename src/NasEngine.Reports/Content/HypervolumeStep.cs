namespace NasEngine.Reports.Content;

/// <summary>The hypervolume at one moment of the search.</summary>
/// <param name="Evaluations">How many evaluations were done.</param>
/// <param name="Value">The hypervolume; its unit is the product of the objectives' units.</param>
public sealed record HypervolumeStep(int Evaluations, double Value);
