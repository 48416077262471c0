namespace NasEngine.Core.Jobs;

/// <summary>A bar of a job's progress.</summary>
/// <param name="Number">Its place among the job's bars, from 0.</param>
/// <param name="Title">What is done.</param>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all.</param>
/// <param name="Unit">What a unit is.</param>
/// <param name="Note">The latest values, or <see langword="null"/>.</param>
public sealed record JobProgress(int Number, string Title, long Done, long Total, string Unit, string? Note);

/// <summary>A line of a job's console.</summary>
/// <param name="Number">Its place, from 1, over all attempts.</param>
/// <param name="At">When it was written.</param>
/// <param name="Text">The line.</param>
public sealed record ConsoleLine(long Number, DateTimeOffset At, string Text);

/// <summary>A change of a job's state.</summary>
/// <param name="Sequence">Its number among the changes of all jobs, growing.</param>
/// <param name="JobId">The job.</param>
/// <param name="RunId">The job's run, if it has one.</param>
/// <param name="State">The state that it came to.</param>
/// <param name="At">When.</param>
/// <param name="Worker">The worker, if one was at it.</param>
/// <param name="Note">Why, or <see langword="null"/>.</param>
public sealed record JobChange(long Sequence, string JobId, string? RunId, JobState State, DateTimeOffset At, string? Worker, string? Note);

/// <summary>What was finished in an hour.</summary>
/// <param name="At">The hour's beginning.</param>
/// <param name="Succeeded">Jobs that succeeded.</param>
/// <param name="Failed">Jobs that failed for good.</param>
public sealed record JobHour(DateTimeOffset At, long Succeeded, long Failed);
