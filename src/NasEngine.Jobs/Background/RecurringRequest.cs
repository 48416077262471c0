using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;

namespace NasEngine.Jobs.Background;

/// <summary>Makes the jobs of recurring ones.</summary>
internal static class RecurringRequest
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>Makes the job of a recurring one.</summary>
    /// <param name="recurring">The recurring job.</param>
    /// <param name="now">The moment that it is made for.</param>
    /// <exception cref="UsageException">Its payload is not what its kind needs.</exception>
    public static JobRequest Of(RecurringJob recurring, DateTimeOffset now)
    {
        if ((recurring.Kind == JobKinds.Upkeep) != (recurring.Id == Upkeep.Id))
        {
            throw new UsageException($"There is one recurring job of kind '{JobKinds.Upkeep}', and it is called '{Upkeep.Id}'.");
        }

        JobRequest request = recurring.Kind switch
        {
            JobKinds.Drift => Drift(Payload<DriftPayload>(recurring, """{"device":"agent:pi"}""", static read => !string.IsNullOrEmpty(read.Device))),
            JobKinds.Upkeep => new JobRequest { Kind = JobKinds.Upkeep, Title = "upkeep", Queue = JobQueues.Plan, Payload = JobContext.Json(UpkeepPayload.Read(recurring)) },
            JobKinds.Run => Start(recurring, RepeatPayload.Read(recurring), now),
            _ => throw UsageException.UnknownName("kind of recurring job", recurring.Kind, JobKinds.Recurring),
        };
        return recurring.Title.Length > 0 ? request with { Title = recurring.Title } : request;
    }

    /// <summary>Measures networks of a device again.</summary>
    public static JobRequest Drift(DriftPayload payload) => new()
    {
        Kind = JobKinds.Drift,
        Title = $"drift of {payload.Device}",
        Queue = JobQueues.Device(payload.Form ?? payload.Device),
        Payload = JobContext.Json(payload),
    };

    /// <summary>Reads a recurring job's payload.</summary>
    /// <exception cref="UsageException">It is not what its kind needs; the message shows the form.</exception>
    public static T Payload<T>(RecurringJob recurring, string form, Func<T, bool> isWhole)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(recurring.Payload, Strict) is T read && isWhole(read) ? read : throw new UsageException($"Recurring job '{recurring.Id}' needs a payload such as {form}.");
        }
        catch (JsonException problem)
        {
            throw new UsageException($"Recurring job '{recurring.Id}' needs a payload such as {form}: {problem.Message}", problem);
        }
    }

    // The seed is chosen when the job is made: a job that is done again starts the same run.
    private static JobRequest Start(RecurringJob recurring, RepeatPayload payload, DateTimeOffset now)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(now, CronTimes.Parse(recurring.Cron, recurring.TimeZone).TimeZone);
        long? seed = payload.Seed == RepeatPayload.Date ? long.Parse(local.ToString("yyyyMMdd", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;
        return new JobRequest
        {
            Kind = JobKinds.Start,
            Title = $"start {payload.Run} again",
            Queue = JobQueues.Plan,
            Payload = JobContext.Json(new StartPayload(payload.Run, seed, recurring.Made + 1, recurring.LastJob)),
        };
    }
}
