using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Jobs.Runs;

namespace NasEngine.Jobs.Background;

/// <summary>The recurring job that every store has: it removes what is kept longer than anyone wants.</summary>
/// <remarks>What it does is in its handler; here is how long finished jobs are kept, which is part of its payload and so the same for all services of a store.</remarks>
public static class Upkeep
{
    /// <summary>The id of the recurring job.</summary>
    public const string Id = "upkeep";

    /// <summary>For how many days finished jobs are kept unless someone chose otherwise.</summary>
    public const int DefaultRetentionDays = 30;

    private const int MaxRetentionDays = 3650;

    /// <summary>Adds the recurring job, if it is not there.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="workplace">The folders of this machine: a retention that an earlier version kept in <c>service.json</c> of the data folder is taken over.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public static async Task EnsureAsync(JobStores jobs, Workplace workplace, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(workplace);
        ArgumentNullException.ThrowIfNull(time);
        RecurringJob upkeep = new()
        {
            Id = Id,
            Title = "Upkeep",
            Kind = JobKinds.Upkeep,
            Payload = JobContext.Json(new UpkeepPayload(EarlierRetention(Path.Combine(workplace.Home, "service.json")) ?? DefaultRetentionDays)),
            Cron = "0 0 3 * * ?",
        };
        await jobs.Recurring.TryAddRecurringAsync(upkeep with { NextAt = CronTimes.Parse(upkeep.Cron, upkeep.TimeZone).GetNextValidTimeAfter(time.GetUtcNow()) }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives for how many days finished jobs are kept; 0 for ever.</summary>
    public static async Task<int> GetRetentionAsync(JobStores jobs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        return await FindAsync(jobs, cancellationToken).ConfigureAwait(false) is RecurringJob known ? UpkeepPayload.Read(known).RetentionDays : DefaultRetentionDays;
    }

    /// <summary>Changes for how many days finished jobs are kept.</summary>
    /// <exception cref="UsageException">The number is out of range.</exception>
    public static async Task SetRetentionAsync(JobService service, int days, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(service);
        RecurringJob known = await FindAsync(service.Stores, cancellationToken).ConfigureAwait(false) ?? throw new UsageException("The store has no upkeep yet. Start the service or a worker.");
        await service.PutRecurringAsync(known with { Payload = JobContext.Json(new UpkeepPayload(days)) }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says whether a retention can be chosen.</summary>
    internal static bool IsRetention(int days) => days is >= 0 and <= MaxRetentionDays;

    /// <summary>Gives what is said of one that cannot.</summary>
    internal static UsageException OutOfRange() => new($"retentionDays is from 1 to {MaxRetentionDays}, or 0 to keep jobs for ever.");

    private static async Task<RecurringJob?> FindAsync(JobStores jobs, CancellationToken cancellationToken) =>
        (await jobs.Recurring.GetRecurringAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(job => job.Id == Id);

    private static int? EarlierRetention(string file)
    {
        try
        {
            return File.Exists(file) && JsonSerializer.Deserialize<UpkeepPayload>(File.ReadAllBytes(file), JsonSerializerOptions.Web) is { } earlier && IsRetention(earlier.RetentionDays) ? earlier.RetentionDays : null;
        }
        catch (JsonException)
        {
            return null; // it says nothing that could be taken over
        }
    }
}
