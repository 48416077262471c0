using System.Text.Json;
using NasEngine.Core.Jobs;

namespace NasEngine.Web.Contracts;

/// <summary>A worker.</summary>
/// <param name="Id">Its id, another one after each start.</param>
/// <param name="Name">What its user calls it.</param>
/// <param name="Host">The machine.</param>
/// <param name="Pid">The process there.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="LastSeen">When it last said that it is alive.</param>
/// <param name="Alive">Whether that was a moment ago.</param>
/// <param name="Queues">The queues it serves.</param>
/// <param name="Devices">The names of devices attached to it.</param>
/// <param name="Capabilities">What it can do.</param>
/// <param name="Processing">The jobs it is at.</param>
public sealed record WorkerContract(
    string Id, string Name, string Host, int Pid, DateTimeOffset StartedAt, DateTimeOffset LastSeen, bool Alive, IReadOnlyList<string> Queues, IReadOnlyList<string> Devices,
    CapabilitiesContract Capabilities, IReadOnlyList<WorkerJobContract> Processing);

/// <summary>What a worker can do.</summary>
/// <param name="CpuThreads">Logical processors.</param>
/// <param name="Cuda">Whether it trains on a GPU.</param>
/// <param name="System">Operating system and processor architecture.</param>
public sealed record CapabilitiesContract(int CpuThreads, bool Cuda, string System);

/// <summary>A job that a worker is at.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What it is called.</param>
/// <param name="StartedAt">When it was begun.</param>
public sealed record WorkerJobContract(string Id, string Title, DateTimeOffset? StartedAt);

/// <summary>A recurring job.</summary>
/// <param name="Id">The id that its user chose.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Kind">What it does: <c>device.drift</c>, <c>run</c> or <c>upkeep</c>.</param>
/// <param name="Payload">What is particular about it.</param>
/// <param name="Cron">When, as a cron expression with seconds.</param>
/// <param name="TimeZone">The time zone that the expression is meant in.</param>
/// <param name="Enabled">Whether it makes jobs.</param>
/// <param name="LastAt">When it last made a job.</param>
/// <param name="LastJob">That job.</param>
/// <param name="LastState">How far that job is.</param>
/// <param name="NextAt">When it makes the next.</param>
public sealed record RecurringContract(
    string Id, string Title, string Kind, JsonElement Payload, string Cron, string TimeZone, bool Enabled, DateTimeOffset? LastAt, string? LastJob, string? LastState, DateTimeOffset? NextAt)
{
    internal static RecurringContract Of(RecurringJob job) => new(
        job.Id, job.Title, job.Kind, JsonSerializer.Deserialize<JsonElement>(job.Payload), job.Cron, job.TimeZone, job.Enabled, job.LastAt, job.LastJob,
        job.LastState is JobState state ? JobStateName.Of(state) : null, job.NextAt);
}

/// <summary>What a user chooses of a recurring job.</summary>
/// <param name="Kind">What it does: <c>device.drift</c>, <c>run</c> or <c>upkeep</c>.</param>
/// <param name="Payload">What is particular about it.</param>
/// <param name="Cron">When, as a cron expression with seconds: <c>0 30 3 * * ?</c> is every night at half past three.</param>
/// <param name="Enabled">Whether it makes jobs; yes unless said otherwise.</param>
/// <param name="Title">What it is called; its id unless said otherwise.</param>
/// <param name="TimeZone">The time zone that the expression is meant in; UTC unless said otherwise.</param>
public sealed record RecurringPutContract(string? Kind, JsonElement Payload, string? Cron, bool? Enabled, string? Title, string? TimeZone);

/// <summary>The service at a glance.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Store">The kind of store: <c>sqlite</c> or <c>postgres</c>.</param>
/// <param name="Jobs">How many jobs are in each state, by the state's name.</param>
/// <param name="Runs">How many runs are in each state.</param>
/// <param name="Devices">How many devices there are.</param>
/// <param name="Workers">Who takes jobs.</param>
public sealed record StatusContract(
    string Version, string Store, IReadOnlyDictionary<string, long> Jobs, RunCountsContract Runs, DeviceCountsContract Devices, IReadOnlyList<WorkerContract> Workers);

/// <summary>How many devices there are.</summary>
/// <param name="Online">Attached now.</param>
/// <param name="Total">Known.</param>
public sealed record DeviceCountsContract(int Online, int Total);
