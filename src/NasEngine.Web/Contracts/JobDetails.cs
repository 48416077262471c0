using System.Text.Json;
using NasEngine.Core.Jobs;
using NasEngine.Web.Errors;

namespace NasEngine.Web.Contracts;

/// <summary>Reads all that is known of a job.</summary>
public static class JobDetails
{
    /// <summary>Reads a job.</summary>
    /// <exception cref="MissingException">There is none with this id.</exception>
    public static async Task<JobDetailsContract> ReadAsync(JobStores stores, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stores);
        JobRecord job = await stores.Jobs.FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw MissingException.Job(id);
        IReadOnlyList<string> after = await stores.Jobs.GetAfterAsync(job.Id, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<JobProgress> progress = await stores.Log.GetProgressAsync(job.Id, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<JobChange> history = await stores.Log.GetHistoryAsync(job.Id, cancellationToken).ConfigureAwait(false);
        return new JobDetailsContract(
            job.Id, job.Kind, job.Title, job.Queue, JobStateName.Of(job.State), job.Priority, job.RunId, job.Attempt, job.MaxAttempts, job.CreatedAt,
            job.DueAt, job.StartedAt, job.FinishedAt, job.Worker, job.Error, job.CancelRequested,
            JsonSerializer.Deserialize<JsonElement>(job.Payload), job.Result is null ? null : JsonSerializer.Deserialize<JsonElement>(job.Result), after,
            [.. progress.Select(ProgressContract.Of)], [.. history.Select(change => new JobChangeContract(JobStateName.Of(change.State), change.At, change.Worker, change.Note))]);
    }
}
