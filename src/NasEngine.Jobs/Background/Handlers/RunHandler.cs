using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Runs;
using NasEngine.Jobs.Steps;

namespace NasEngine.Jobs.Background.Handlers;

/// <summary>Looks at what a run has, and makes jobs of what it needs next. It may look at any time, and as often as it likes.</summary>
/// <remarks>Nothing is remembered between two looks: what is stored says what is missing, and a job that is made already is not made again.</remarks>
internal sealed class RunHandler : IJobHandler
{
    public string Kind => JobKinds.Run;

    public async Task<JobOutcome> ExecuteAsync(JobContext context, CancellationToken cancellationToken)
    {
        RunContextPool.Lease lease = await context.OpenRunAsync(cancellationToken).ConfigureAwait(false);
        await using (lease.ConfigureAwait(false))
        {
            RunContext run = lease.Context;
            if (await run.Store.FindRunAsync(run.Run.Id, cancellationToken).ConfigureAwait(false) is not { State: RunState.Running } now)
            {
                return new JobOutcome(new { state = "the run is not to go on" });
            }

            List<JobRequest> jobs = await PlanAsync(run, now.Until, cancellationToken).ConfigureAwait(false) ?? await EndAsync(run, now.Until, cancellationToken).ConfigureAwait(false);
            lease.Keep();
            return new JobOutcome(new { planned = jobs.Select(job => job.Title) }, jobs);
        }
    }

    // Gives the jobs of what is to be done next, or nothing once all is done that is wanted.
    private static async Task<List<JobRequest>?> PlanAsync(RunContext run, string? until, CancellationToken cancellationToken)
    {
        string id = run.Run.Id;
        IReadOnlySet<string> wanted = ExperimentRunner.StepsUntil(until);
        Dictionary<string, StepRecord> steps = (await run.Store.GetStepsAsync(id, cancellationToken).ConfigureAwait(false)).ToDictionary(step => step.Step, StringComparer.Ordinal);
        bool Done(string step) => steps.TryGetValue(step, out StepRecord? record) && record.Key == RunSteps.Key(run, step);
        bool Open(string step) => wanted.Contains(step) && !Done(step);
        if (steps.ContainsKey("train") && !Done("train"))
        {
            // What is stored was evaluated on other images: it must not be mixed with what these would give.
            throw new UsageException($"The data of run {id} has changed since the run was trained. Restore it, or start the run from its beginning.");
        }

        List<JobRequest> jobs = [];
        bool trained = !wanted.Contains("train") || (Done("train") && await HasWeightsAsync(run, cancellationToken).ConfigureAwait(false));
        if (!trained)
        {
            jobs.Add(RunPlan.Train(id, run.Experiment.Train.Device));
        }

        bool sampled = !Open("sample") || (trained && await SampleAsync(run, jobs, cancellationToken).ConfigureAwait(false));
        bool profiled = !Open("profile") || await ProfileAsync(run, steps, sampled, jobs, cancellationToken).ConfigureAwait(false);
        if (!trained || !sampled || !profiled)
        {
            return jobs;
        }

        if (Open("fit"))
        {
            return [RunPlan.Fit(id)];
        }

        if (Open("search"))
        {
            return [RunPlan.Search(id)];
        }

        if (Open("verify") && !await VerifyAsync(run, jobs, cancellationToken).ConfigureAwait(false))
        {
            return jobs;
        }

        if (Open("export"))
        {
            return [RunPlan.ExportStep(id)];
        }

        return Open("report") ? [RunPlan.Report(id)] : null;
    }

    // Whoever wanted more while the last part was looked at did so before or after the state is set here: it is looked at again.
    private static async Task<List<JobRequest>> EndAsync(RunContext run, string? until, CancellationToken cancellationToken)
    {
        string id = run.Run.Id;
        IReadOnlyList<StepRecord> finished = await run.Store.GetStepsAsync(id, cancellationToken).ConfigureAwait(false);
        await run.Store.SetRunStateAsync(id, ExperimentRunner.StepNames.All(name => finished.IsDone(name)) ? RunState.Done : RunState.Stopped, CancellationToken.None).ConfigureAwait(false);
        if (await run.Store.FindRunAsync(id, cancellationToken).ConfigureAwait(false) is not { } now || now.Until == until)
        {
            return [];
        }

        await run.Store.SetRunStateAsync(id, RunState.Running, CancellationToken.None).ConfigureAwait(false);
        return [RunPlan.Next(id)];
    }

    private static async Task<bool> HasWeightsAsync(RunContext run, CancellationToken cancellationToken) =>
        File.Exists(run.CheckpointPath)
        || (run.Services.Blobs is not null && (await run.Store.GetArtefactsAsync(run.Run.Id, cancellationToken).ConfigureAwait(false)).Any(artefact => artefact.Kind == SharedCheckpoint.Kind));

    private static async Task<bool> SampleAsync(RunContext run, List<JobRequest> jobs, CancellationToken cancellationToken)
    {
        IReadOnlyList<Genotype> sample = run.Sample(run.Experiment.Fit.Architectures);
        if (!await EvaluatedAsync(run, SampleStep.Stage, sample, jobs, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        await RunSteps.PutAsync(run, "sample", JsonSerializer.Serialize(new { architectures = sample.Count }, JsonSerializerOptions.Web)).ConfigureAwait(false);
        return true;
    }

    private static async Task<bool> ProfileAsync(RunContext run, Dictionary<string, StepRecord> steps, bool sampled, List<JobRequest> jobs, CancellationToken cancellationToken)
    {
        IReadOnlyList<Genotype> sample = run.Sample(run.Experiment.Profile.Architectures);
        List<JsonElement> devices = [];
        foreach (string device in run.Experiment.Devices)
        {
            if (steps.TryGetValue(RunSteps.Profiled + device, out StepRecord? known))
            {
                devices.Add(JsonSerializer.Deserialize<JsonElement>(known.Result));
            }
            else if (sampled || !JobQueues.IsLocal(Form(run, device)))
            {
                // This machine itself is measured once it is not busy with the run any more.
                await MeasuredAsync(run, device, "sample", sample, describes: true, jobs, cancellationToken).ConfigureAwait(false);
            }
        }

        if (devices.Count < run.Experiment.Devices.Count)
        {
            return false;
        }

        await RunSteps.PutAsync(run, "profile", JsonSerializer.Serialize(new { devices }, JsonSerializerOptions.Web)).ConfigureAwait(false);
        return true;
    }

    private static async Task<bool> VerifyAsync(RunContext run, List<JobRequest> jobs, CancellationToken cancellationToken)
    {
        IReadOnlyList<Evaluation> candidates = await VerifyStep.CandidatesAsync(run, cancellationToken).ConfigureAwait(false);
        Genotype[] genotypes = [.. candidates.Select(candidate => candidate.Genotype)];
        bool known = await EvaluatedAsync(run, VerifyStep.ScoreStage, genotypes, jobs, cancellationToken).ConfigureAwait(false);
        foreach (string device in run.Experiment.Devices)
        {
            if (known || !JobQueues.IsLocal(Form(run, device)))
            {
                known &= await MeasuredAsync(run, device, "candidates", genotypes, describes: false, jobs, cancellationToken).ConfigureAwait(false);
            }
        }

        if (!known)
        {
            return false;
        }

        HashSet<Genotype> verified = [.. (await run.StoredAsync(VerifyStep.Stage, cancellationToken).ConfigureAwait(false)).Select(evaluation => evaluation.Genotype)];
        if (!genotypes.All(verified.Contains))
        {
            jobs.Add(RunPlan.Verify(run.Run.Id));
            return false;
        }

        Genotype[] front = [.. (await VerifyStep.FrontAsync(run, cancellationToken).ConfigureAwait(false)).Select(member => run.Restore(member).Genotype)];
        if (!await EvaluatedAsync(run, VerifyStep.TestStage, front, jobs, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        await RunSteps.PutAsync(run, "verify", JsonSerializer.Serialize(new { candidates = genotypes.Length, front = front.Length }, JsonSerializerOptions.Web)).ConfigureAwait(false);
        return true;
    }

    private static async Task<bool> EvaluatedAsync(RunContext run, string stage, IReadOnlyList<Genotype> genotypes, List<JobRequest> jobs, CancellationToken cancellationToken)
    {
        HashSet<string> known = [.. (await run.StoredAsync(stage, cancellationToken).ConfigureAwait(false)).Select(evaluation => run.Space.Format(evaluation.Genotype))];
        return Add(run, stage, jobs, RunPlan.Evaluate(run.Run.Id, stage, [.. genotypes.Select(run.Space.Format)], known, run.Services.Time.GetUtcNow()));
    }

    private static async Task<bool> MeasuredAsync(
        RunContext run, string device, string phase, IReadOnlyList<Genotype> genotypes, bool describes, List<JobRequest> jobs, CancellationToken cancellationToken)
    {
        Dictionary<string, StoredMeasurement> measured = await ProfileStep.MeasuredAsync(run, device, cancellationToken).ConfigureAwait(false);
        HashSet<string> known = [.. genotypes.Where(genotype => measured.ContainsKey(run.MeasurementKey(genotype))).Select(run.Space.Format)];
        if (describes && genotypes.All(genotype => known.Contains(run.Space.Format(genotype))))
        {
            // All is measured, and the device has yet to say what it is: the last batch does so.
            known.Remove(run.Space.Format(genotypes[^1]));
        }

        return Add(run, $"{phase} {device}", jobs, RunPlan.Measure(
            run.Run.Id, device, Form(run, device), phase, [.. genotypes.Select(run.Space.Format)], known, run.Services.Time.GetUtcNow()));
    }

    private static bool Add(RunContext run, string phase, List<JobRequest> jobs, List<JobRequest> batches)
    {
        if (batches.Count == 0)
        {
            return true;
        }

        jobs.AddRange(batches);
        jobs.Add(RunPlan.NextAfter(run.Run.Id, phase, batches));
        return false;
    }

    private static string Form(RunContext run, string device) => run.Experiment.Profile.Devices.GetValueOrDefault(device, device);
}
