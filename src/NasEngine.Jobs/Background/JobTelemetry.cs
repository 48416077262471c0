using System.Diagnostics;
using System.Diagnostics.Metrics;
using NasEngine.Core.Jobs;

namespace NasEngine.Jobs.Background;

/// <summary>What jobs tell whoever listens: counts, durations, traces.</summary>
public static class JobTelemetry
{
    /// <summary>The name of the meter and of the source of traces.</summary>
    public const string Name = "NasEngine.Jobs";

    private static readonly Meter Meter = new(Name);

    /// <summary>Gets the source of traces: one for each attempt at a job.</summary>
    public static ActivitySource Activities { get; } = new(Name);

    /// <summary>Gets the count of attempts at jobs, by kind and queue.</summary>
    internal static Counter<long> Started { get; } = Meter.CreateCounter<long>("nas.jobs.started", "{job}", "Attempts at jobs.");

    /// <summary>Gets how long attempts took, by kind and queue.</summary>
    internal static Histogram<double> Seconds { get; } = Meter.CreateHistogram<double>("nas.jobs.duration", "s", "How long attempts at jobs took.");

    /// <summary>Gets the count of evaluations, by stage.</summary>
    internal static Counter<long> Evaluations { get; } = Meter.CreateCounter<long>("nas.evaluations", "{evaluation}", "Architectures evaluated, predicted or measured.");

    /// <summary>Gives what a job is counted by.</summary>
    internal static TagList Tag(JobRecord job) => new() { { "kind", job.Kind }, { "queue", job.Queue } };
}
