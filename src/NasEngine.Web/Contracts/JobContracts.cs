using System.Text.Json;
using NasEngine.Core.Jobs;

namespace NasEngine.Web.Contracts;

/// <summary>A background job in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What kind of work it is.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Queue">Its queue.</param>
/// <param name="State"><c>awaiting</c>, <c>scheduled</c>, <c>enqueued</c>, <c>processing</c>, <c>succeeded</c>, <c>failed</c> or <c>deleted</c>.</param>
/// <param name="Priority">From -100 to 100, higher first.</param>
/// <param name="RunId">The run it belongs to.</param>
/// <param name="Attempt">How often it was tried.</param>
/// <param name="MaxAttempts">How often it is tried at most.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="DueAt">When it may begin, if that is later than at once.</param>
/// <param name="StartedAt">When its last attempt began.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Worker">The worker that is, or was, at it.</param>
/// <param name="Error">What went wrong the last time.</param>
public sealed record JobContract(
    string Id, string Kind, string Title, string Queue, string State, int Priority, string? RunId, int Attempt, int MaxAttempts, DateTimeOffset CreatedAt,
    DateTimeOffset? DueAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string? Worker, string? Error)
{
    /// <summary>Makes what a list shows of a job.</summary>
    public static JobContract Of(JobRecord job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return new JobContract(
            job.Id, job.Kind, job.Title, job.Queue, JobStateName.Of(job.State), job.Priority, job.RunId, job.Attempt, job.MaxAttempts, job.CreatedAt,
            job.DueAt, job.StartedAt, job.FinishedAt, job.Worker, job.Error);
    }
}

/// <summary>A background job with all that is known of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What kind of work it is.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Queue">Its queue.</param>
/// <param name="State">Its state.</param>
/// <param name="Priority">From -100 to 100, higher first.</param>
/// <param name="RunId">The run it belongs to.</param>
/// <param name="Attempt">How often it was tried.</param>
/// <param name="MaxAttempts">How often it is tried at most.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="DueAt">When it may begin, if that is later than at once.</param>
/// <param name="StartedAt">When its last attempt began.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Worker">The worker that is, or was, at it.</param>
/// <param name="Error">What went wrong the last time.</param>
/// <param name="CancelRequested">Whether it was asked to stop.</param>
/// <param name="Payload">What its handler is told.</param>
/// <param name="Result">What came of it.</param>
/// <param name="After">The jobs that it waits, or waited, for.</param>
/// <param name="Progress">Its bars.</param>
/// <param name="History">The changes of its state, the oldest first.</param>
public sealed record JobDetailsContract(
    string Id, string Kind, string Title, string Queue, string State, int Priority, string? RunId, int Attempt, int MaxAttempts, DateTimeOffset CreatedAt,
    DateTimeOffset? DueAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string? Worker, string? Error, bool CancelRequested,
    JsonElement Payload, JsonElement? Result, IReadOnlyList<string> After, IReadOnlyList<ProgressContract> Progress, IReadOnlyList<JobChangeContract> History);

/// <summary>A bar of a job's progress.</summary>
/// <param name="Title">What is done.</param>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all.</param>
/// <param name="Unit">What a unit is.</param>
/// <param name="Note">The latest values.</param>
public sealed record ProgressContract(string Title, long Done, long Total, string Unit, string? Note)
{
    internal static ProgressContract Of(JobProgress bar) => new(bar.Title, bar.Done, bar.Total, bar.Unit, bar.Note);
}

/// <summary>A change of a job's state.</summary>
/// <param name="State">The state that it came to.</param>
/// <param name="At">When.</param>
/// <param name="Worker">The worker, if one was at it.</param>
/// <param name="Note">Why.</param>
public sealed record JobChangeContract(string State, DateTimeOffset At, string? Worker, string? Note);

/// <summary>Lines of a job's console.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="Next">What to ask the next ones with.</param>
public sealed record ConsoleContract(IReadOnlyList<ConsoleLineContract> Lines, long Next);

/// <summary>A line of a job's console.</summary>
/// <param name="N">Its number, from 1.</param>
/// <param name="At">When it was written.</param>
/// <param name="Text">The line.</param>
public sealed record ConsoleLineContract(long N, DateTimeOffset At, string Text);

/// <summary>A change to many jobs.</summary>
/// <param name="Action"><c>requeue</c> or <c>delete</c>.</param>
/// <param name="Ids">The jobs.</param>
public sealed record JobBatchContract(string? Action, IReadOnlyList<string>? Ids);

/// <summary>The jobs that were changed.</summary>
/// <param name="Ids">Their ids.</param>
public sealed record ChangedJobsContract(IReadOnlyList<string> Ids);

/// <summary>A job's new priority.</summary>
/// <param name="Priority">From -100 to 100, higher first.</param>
public sealed record JobPatchContract(int? Priority);

/// <summary>What was finished in each hour.</summary>
/// <param name="Buckets">The hours, the oldest first; hours in which nothing was finished are in it with 0.</param>
public sealed record JobHistoryContract(IReadOnlyList<JobHourContract> Buckets);

/// <summary>What was finished in an hour.</summary>
/// <param name="At">The hour's beginning.</param>
/// <param name="Succeeded">Jobs that succeeded.</param>
/// <param name="Failed">Jobs that failed for good.</param>
public sealed record JobHourContract(DateTimeOffset At, long Succeeded, long Failed);

/// <summary>A job that was added.</summary>
/// <param name="JobId">Its id.</param>
public sealed record AddedJobContract(string JobId);
