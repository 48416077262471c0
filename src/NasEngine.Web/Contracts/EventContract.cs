using System.Text.Json.Serialization;

namespace NasEngine.Web.Contracts;

/// <summary>What an event of the stream carries: enough to know what to fetch anew.</summary>
/// <param name="Id">What changed: a job, a run or a device; absent from a heartbeat.</param>
/// <param name="RunId">The run that it belongs to.</param>
/// <param name="State">The state it has now.</param>
/// <param name="At">When; heartbeats alone say so.</param>
public sealed record EventContract(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RunId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? State,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? At);
