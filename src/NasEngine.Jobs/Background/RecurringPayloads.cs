using System.Text.Json;
using System.Text.Json.Serialization;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;

namespace NasEngine.Jobs.Background;

/// <summary>What a job of kind <c>device.drift</c> is told.</summary>
/// <param name="Device">The device's name in runs, or what stands behind it, such as <c>agent:pi</c>.</param>
/// <param name="Form">What stands behind the name, if that is not the name itself.</param>
/// <param name="RunId">The run whose measurements are repeated; the newest that measured the device if <see langword="null"/>.</param>
/// <param name="Networks">How many networks are measured; 8 if <see langword="null"/>.</param>
internal sealed record DriftPayload(string Device, string? Form = null, string? RunId = null, int? Networks = null);

/// <summary>What a job of kind <c>upkeep</c> is told.</summary>
/// <param name="RetentionDays">For how many days finished jobs are kept; 0 for ever.</param>
internal sealed record UpkeepPayload(int RetentionDays = Upkeep.DefaultRetentionDays)
{
    /// <summary>Reads the payload of the recurring job.</summary>
    /// <exception cref="UsageException">It is none, or the number is out of range.</exception>
    public static UpkeepPayload Read(RecurringJob recurring)
    {
        UpkeepPayload payload = RecurringRequest.Payload<UpkeepPayload>(recurring, """{"retentionDays":30}""", static _ => true);
        return Upkeep.IsRetention(payload.RetentionDays) ? payload : throw Upkeep.OutOfRange();
    }
}

/// <summary>Which experiment a recurring job of kind <c>run</c> starts again.</summary>
/// <param name="Run">The id of a run of that experiment.</param>
/// <param name="Seed">Where seeds come from: <c>counter</c> or <c>date</c>.</param>
internal sealed record RepeatPayload(string Run, string Seed = RepeatPayload.Counter)
{
    /// <summary>The seed of the run named, and 1 more each time.</summary>
    public const string Counter = "counter";

    /// <summary>The date in the recurring job's time zone, such as 20261122: at most one run a day.</summary>
    public const string Date = "date";

    /// <summary>Gets what <see cref="Seed"/> may be.</summary>
    public static IReadOnlyList<string> Seeds { get; } = [Counter, Date];

    /// <summary>Reads the payload of the recurring job.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static RepeatPayload Read(RecurringJob recurring)
    {
        RepeatPayload payload = RecurringRequest.Payload<RepeatPayload>(recurring, """{"run":"RUN","seed":"counter"}""", static read => !string.IsNullOrEmpty(read.Run));
        return Seeds.Contains(payload.Seed) ? payload : throw UsageException.UnknownName("source of seeds", payload.Seed, Seeds);
    }
}

/// <summary>What a job of kind <c>run.start</c> is told.</summary>
/// <param name="Run">The id of a run of the experiment.</param>
/// <param name="Seed">The seed of the new run, or <see langword="null"/> to count on from that of <paramref name="Run"/>.</param>
/// <param name="Number">Which repetition it is, from 1 on.</param>
/// <param name="Before">The job that started the repetition before, or <see langword="null"/>.</param>
internal sealed record StartPayload(string Run, long? Seed, long Number, string? Before);
