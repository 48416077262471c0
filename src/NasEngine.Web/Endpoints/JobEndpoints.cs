using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Jobs.Background;
using NasEngine.Web.Contracts;
using NasEngine.Web.Errors;
using NasEngine.Web.Safety;

namespace NasEngine.Web.Endpoints;

/// <summary>Background jobs: look, enqueue again, delete, hurry.</summary>
internal static class JobEndpoints
{
    private const int MostLines = 1000;
    private const int MostIds = 1000;

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder jobs = api.MapGroup("/jobs").WithTags("Jobs").RequireAuthorization(AccessRules.Viewer);
        Described(jobs.MapGet("/", ListAsync), "listJobs", "Lists jobs, newest first.");
        Described(jobs.MapGet("/history", HistoryAsync), "jobHistory", "Counts what was finished in each hour.");
        Described(jobs.MapPost("/batch", BatchAsync), "changeJobs", "Enqueues many jobs again, or deletes them.").RequireAuthorization(AccessRules.Actor);
        Described(jobs.MapGet("/{id}", ShowAsync), "showJob", "Shows a job.");
        Described(jobs.MapGet("/{id}/console", ConsoleAsync), "jobConsole", "Gives lines of a job's console.");
        Described(jobs.MapPost("/{id}/requeue", RequeueAsync), "requeueJob", "Enqueues a job again.").RequireAuthorization(AccessRules.Actor).ProducesProblem(StatusCodes.Status409Conflict);
        Described(jobs.MapPost("/{id}/delete", DeleteAsync), "deleteJob", "Deletes a job, or stops it if it is under way.").RequireAuthorization(AccessRules.Actor).ProducesProblem(StatusCodes.Status409Conflict);
        Described(jobs.MapPatch("/{id}", PatchAsync), "changeJob", "Changes the priority of a job that waits.").RequireAuthorization(AccessRules.Actor);
    }

    private static RouteHandlerBuilder Described(RouteHandlerBuilder endpoint, string name, string summary) =>
        endpoint.WithName(name).WithSummary(summary).ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Listed<JobContract>> ListAsync(
        JobStores stores, string? state, string? queue, string? run, string? kind, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        JobState? wanted = null;
        if (!string.IsNullOrEmpty(state))
        {
            wanted = Enum.GetValues<JobState>().Cast<JobState?>().FirstOrDefault(value => JobStateName.Of(value!.Value) == state)
                ?? throw UsageException.UnknownName("state", Paging.Text(state, nameof(state))!, JobStateName.All);
        }

        JobQuery query = new()
        {
            State = wanted,
            Queue = Paging.Text(queue, nameof(queue)),
            RunId = Paging.Text(run, nameof(run)),
            Kind = Paging.Text(kind, nameof(kind)),
            Cursor = Paging.Text(cursor, nameof(cursor)),
            Limit = Paging.Limit(limit),
        };
        JobPage page = await stores.Jobs.ListAsync(query, cancellationToken).ConfigureAwait(false);
        return new Listed<JobContract>([.. page.Jobs.Select(JobContract.Of)], page.Total, page.NextCursor);
    }

    private static Task<JobDetailsContract> ShowAsync(JobStores stores, string id, CancellationToken cancellationToken) =>
        IsId(id) ? JobDetails.ReadAsync(stores, id, cancellationToken) : throw MissingException.Job(id);

    private static async Task<ConsoleContract> ConsoleAsync(JobStores stores, string id, long? after, int? limit, CancellationToken cancellationToken)
    {
        JobRecord job = await RequireAsync(stores, id, cancellationToken).ConfigureAwait(false);
        long from = after is long last ? last >= 0 ? last : throw new UsageException("after is the number of a line, or 0.") : 0;
        IReadOnlyList<ConsoleLine> lines = await stores.Log.GetConsoleAsync(job.Id, from, Paging.Limit(limit, MostLines, MostLines), cancellationToken).ConfigureAwait(false);
        return new ConsoleContract([.. lines.Select(line => new ConsoleLineContract(line.Number, line.At, line.Text))], lines.Count > 0 ? lines[^1].Number : from);
    }

    private static async Task<ChangedJobsContract> RequeueAsync(JobStores stores, JobService service, string id, CancellationToken cancellationToken)
    {
        JobRecord job = await RequireAsync(stores, id, cancellationToken).ConfigureAwait(false);
        return Changed(await service.RequeueAsync([job.Id], cancellationToken).ConfigureAwait(false))
            ?? throw new WorkFailedException($"Job {job.Id} is under way, or another one does the same: it cannot be enqueued again now.");
    }

    private static async Task<ChangedJobsContract> DeleteAsync(JobStores stores, JobService service, string id, CancellationToken cancellationToken)
    {
        JobRecord job = await RequireAsync(stores, id, cancellationToken).ConfigureAwait(false);
        return Changed(await service.DeleteAsync([job.Id], cancellationToken).ConfigureAwait(false))
            ?? throw new WorkFailedException($"Job {job.Id} has {JobStateName.Of(job.State)} already.");
    }

    private static async Task<JobContract> PatchAsync(JobStores stores, JobService service, string id, JobPatchContract change, CancellationToken cancellationToken)
    {
        JobRecord job = await RequireAsync(stores, id, cancellationToken).ConfigureAwait(false);
        return JobContract.Of(await service.SetPriorityAsync(job.Id, change.Priority ?? throw new UsageException("priority is missing."), cancellationToken).ConfigureAwait(false));
    }

    private static async Task<ChangedJobsContract> BatchAsync(JobService service, JobBatchContract batch, CancellationToken cancellationToken)
    {
        string[] ids = [.. (batch.Ids ?? []).Where(IsId).Distinct(StringComparer.Ordinal)];
        if (ids.Length is 0 or > MostIds || batch.Ids!.Count > MostIds)
        {
            throw new UsageException($"ids names 1 to {MostIds} jobs.");
        }

        IReadOnlyList<JobRecord> jobs = batch.Action switch
        {
            "requeue" => await service.RequeueAsync(ids, cancellationToken).ConfigureAwait(false),
            "delete" => await service.DeleteAsync(ids, cancellationToken).ConfigureAwait(false),
            _ => throw new UsageException("action is requeue or delete."),
        };
        return new ChangedJobsContract([.. jobs.Select(job => job.Id)]);
    }

    private static async Task<JobHistoryContract> HistoryAsync(JobStores stores, TimeProvider time, int? hours, CancellationToken cancellationToken)
    {
        int count = hours switch { null => 24, >= 1 and <= 24 * 31 => hours.Value, _ => throw new UsageException("hours is a whole number from 1 to 744.") };
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset first = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero).AddHours(1 - count);
        Dictionary<DateTimeOffset, JobHour> known = (await stores.Log.GetHoursAsync(first, cancellationToken).ConfigureAwait(false)).ToDictionary(hour => hour.At);
        return new JobHistoryContract([.. Enumerable.Range(0, count).Select(index => first.AddHours(index)).Select(hour =>
            known.TryGetValue(hour, out JobHour? found) ? new JobHourContract(hour, found.Succeeded, found.Failed) : new JobHourContract(hour, 0, 0))]);
    }

    private static ChangedJobsContract? Changed(IReadOnlyList<JobRecord> jobs) => jobs.Count > 0 ? new ChangedJobsContract([.. jobs.Select(job => job.Id)]) : null;

    private static bool IsId(string? id) => id is { Length: > 0 and <= 64 } && id.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static async Task<JobRecord> RequireAsync(JobStores stores, string id, CancellationToken cancellationToken) =>
        (IsId(id) ? await stores.Jobs.FindAsync(id, cancellationToken).ConfigureAwait(false) : null) ?? throw MissingException.Job(id);
}
