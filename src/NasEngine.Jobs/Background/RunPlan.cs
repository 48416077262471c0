using NasEngine.Core.Jobs;

namespace NasEngine.Jobs.Background;

/// <summary>Makes the jobs of a run.</summary>
internal static class RunPlan
{
    /// <summary>How many subnets a job evaluates: few enough that several workers share a sample.</summary>
    public const int EvaluationBatch = 8;

    /// <summary>How many networks a job measures: enough that they are measured interleaved, and few enough that others get their turn.</summary>
    public const int MeasurementBatch = 32;

    /// <summary>Looks at what the run needs next.</summary>
    public static JobRequest Next(string runId) => new() { Kind = JobKinds.Run, Title = $"plan {runId}", Queue = JobQueues.Plan, RunId = runId };

    /// <summary>Looks at what the run needs next, once some jobs have succeeded.</summary>
    public static JobRequest NextAfter(string runId, string phase, IReadOnlyList<JobRequest> jobs) =>
        Next(runId) with { Key = $"{runId} after {phase}", After = [.. jobs.Select(job => job.Id!)] };

    /// <summary>Trains a stretch.</summary>
    public static JobRequest Train(string runId, string device) => One(runId, JobKinds.Train, "train", device.StartsWith("cuda", StringComparison.Ordinal) ? JobQueues.TrainCuda : JobQueues.Train);

    /// <summary>Fits predictors.</summary>
    public static JobRequest Fit(string runId) => One(runId, JobKinds.Fit, "fit predictors", JobQueues.Search);

    /// <summary>Searches a stretch.</summary>
    public static JobRequest Search(string runId) => One(runId, JobKinds.Search, "search", JobQueues.Search);

    /// <summary>Puts the candidates' values together.</summary>
    public static JobRequest Verify(string runId) => One(runId, JobKinds.Verify, "verify", JobQueues.Search);

    /// <summary>Exports what the experiment picks, and goes on with the run.</summary>
    public static JobRequest ExportStep(string runId) => One(runId, JobKinds.Export, "export", JobQueues.Export);

    /// <summary>Exports what a user picks.</summary>
    public static JobRequest Export(string runId, string? genotype, string? pick) => new()
    {
        Kind = JobKinds.Export,
        Title = $"export {genotype ?? pick ?? "the experiment's pick"} of {runId}",
        Queue = JobQueues.Export,
        RunId = runId,
        Payload = JobContext.Json(new ExportPayload(genotype, pick, false)),
    };

    /// <summary>Writes the run's files and report.</summary>
    public static JobRequest Report(string runId) => One(runId, JobKinds.Report, "report", JobQueues.Export);

    /// <summary>Evaluates what is missing of a list, in batches that are the same whenever they are made.</summary>
    public static List<JobRequest> Evaluate(string runId, string stage, IReadOnlyList<string> genotypes, IReadOnlySet<string> known, DateTimeOffset now) =>
        Batches(runId, JobKinds.Evaluate, stage, JobQueues.Evaluate, $"evaluate {stage}", genotypes, known, EvaluationBatch, now, part => JobContext.Json(new EvaluatePayload(stage, part)));

    /// <summary>Measures what is missing of a list on a device, in batches.</summary>
    public static List<JobRequest> Measure(
        string runId, string device, string form, string phase, IReadOnlyList<string> genotypes, IReadOnlySet<string> known, DateTimeOffset now) =>
        Batches(runId, JobKinds.Measure, $"{phase} {device}", JobQueues.Device(form), $"measure {phase} on {device}", genotypes, known, MeasurementBatch, now, part => JobContext.Json(new MeasurePayload(device, part)));

    private static JobRequest One(string runId, string kind, string title, string queue) => new()
    {
        Kind = kind,
        Title = $"{title} {runId}",
        Queue = queue,
        RunId = runId,
        Key = $"{runId} {kind}",
        Payload = kind == JobKinds.Export ? JobContext.Json(new ExportPayload(null, null, true)) : "{}",
    };

    // A batch has the same members whatever is missing of it, so that two plans of one moment make the same jobs.
    private static List<JobRequest> Batches(
        string runId, string kind, string phase, string queue, string title, IReadOnlyList<string> genotypes, IReadOnlySet<string> known, int size, DateTimeOffset now,
        Func<string[], string> payload)
    {
        string[][] parts = [.. genotypes.Distinct(StringComparer.Ordinal).Chunk(size)];
        return [.. parts.Select((part, index) => (part, index)).Where(pair => !pair.part.All(known.Contains)).Select(pair => new JobRequest
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Kind = kind,
            Title = FormattableString.Invariant($"{title} {pair.index + 1}/{parts.Length} of {runId}"),
            Queue = queue,
            RunId = runId,
            Key = FormattableString.Invariant($"{runId} {kind} {phase} {pair.index}"),
            Payload = payload(pair.part),
        })];
    }
}

/// <summary>What a job of kind <c>evaluate</c> is told.</summary>
/// <param name="Stage">The stage that the evaluations are stored in.</param>
/// <param name="Genotypes">The subnets.</param>
internal sealed record EvaluatePayload(string Stage, IReadOnlyList<string> Genotypes);

/// <summary>What a job of kind <c>measure</c> is told.</summary>
/// <param name="Device">The device's name in the run.</param>
/// <param name="Genotypes">The networks.</param>
internal sealed record MeasurePayload(string Device, IReadOnlyList<string> Genotypes);

/// <summary>What a job of kind <c>export</c> is told.</summary>
/// <param name="Genotype">The network, or <see langword="null"/> to pick one.</param>
/// <param name="Pick">Which of the front, or <see langword="null"/> for the experiment's choice.</param>
/// <param name="IsStep">Whether it is the run's own export.</param>
internal sealed record ExportPayload(string? Genotype, string? Pick, bool IsStep);
