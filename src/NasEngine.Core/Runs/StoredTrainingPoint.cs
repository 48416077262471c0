namespace NasEngine.Core.Runs;

/// <summary>A point of a training curve as it is stored.</summary>
/// <param name="Key">A digest of what goes into the training.</param>
/// <param name="Step">Training steps done.</param>
/// <param name="Document">The point, as JSON.</param>
public sealed record StoredTrainingPoint(string Key, long Step, string Document);
