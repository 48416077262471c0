namespace NasEngine.Search;

/// <summary>How good everything evaluated so far is.</summary>
/// <param name="Evaluations">How many evaluations that is, from 1.</param>
/// <param name="Hypervolume">The volume dominated by those within the limits, in the units of the objectives multiplied.</param>
/// <param name="Share">The volume relative to the box between the reference and the best value of each objective, from 0 to 1.</param>
public readonly record struct HypervolumePoint(int Evaluations, double Hypervolume, double Share);
