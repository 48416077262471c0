namespace NasEngine.Core.Runs;

/// <summary>A step of a run that is done.</summary>
/// <param name="Step">The step's name, such as <c>train</c>.</param>
/// <param name="Key">A digest of everything that went into the step: a step with another key is another step.</param>
/// <param name="Result">What came out, as JSON.</param>
/// <param name="FinishedAt">When.</param>
public sealed record StepRecord(string Step, string Key, string Result, DateTimeOffset FinishedAt);
