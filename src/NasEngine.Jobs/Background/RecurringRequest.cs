using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;

namespace NasEngine.Jobs.Background;

/// <summary>Makes the jobs of recurring ones.</summary>
internal static class RecurringRequest
{
    /// <summary>Makes the job of a recurring one.</summary>
    /// <exception cref="UsageException">Its payload is not what its kind needs.</exception>
    public static JobRequest Of(RecurringJob recurring)
    {
        try
        {
            DriftPayload payload = JsonSerializer.Deserialize<DriftPayload>(recurring.Payload, JsonSerializerOptions.Web) is { Device.Length: > 0 } read
                ? read
                : throw new UsageException($"Recurring job '{recurring.Id}' needs a payload such as {{\"device\":\"agent:pi\"}}.");
            return Drift(payload) with { Title = recurring.Title.Length > 0 ? recurring.Title : Drift(payload).Title };
        }
        catch (JsonException problem)
        {
            throw new UsageException($"Recurring job '{recurring.Id}' needs a payload such as {{\"device\":\"agent:pi\"}}: {problem.Message}", problem);
        }
    }

    /// <summary>Measures networks of a device again.</summary>
    public static JobRequest Drift(DriftPayload payload) => new()
    {
        Kind = JobKinds.Drift,
        Title = $"drift of {payload.Device}",
        Queue = JobQueues.Device(payload.Form ?? payload.Device),
        Payload = JobContext.Json(payload),
    };
}

/// <summary>What a job of kind <c>device.drift</c> is told.</summary>
/// <param name="Device">The device's name in runs, or what stands behind it, such as <c>agent:pi</c>.</param>
/// <param name="Form">What stands behind the name, if that is not the name itself.</param>
/// <param name="RunId">The run whose measurements are repeated; the newest that measured the device if <see langword="null"/>.</param>
/// <param name="Networks">How many networks are measured; 8 if <see langword="null"/>.</param>
internal sealed record DriftPayload(string Device, string? Form = null, string? RunId = null, int? Networks = null);
