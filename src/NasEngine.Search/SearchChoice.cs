namespace NasEngine.Search;

/// <summary>A decision that an algorithm made about how to go on.</summary>
/// <param name="Evaluations">After how many evaluations it was made.</param>
/// <param name="Algorithm">The name of the algorithm that it chose.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record SearchChoice(int Evaluations, string Algorithm, string Reason);
