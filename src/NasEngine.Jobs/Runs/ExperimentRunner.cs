using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Steps;

namespace NasEngine.Jobs.Runs;

/// <summary>Carries experiments out, step by step. A step that is done is not done again; one that was stopped goes on where it was.</summary>
public sealed class ExperimentRunner
{
    private static readonly IRunStep[] Steps =
        [new TrainStep(), new SampleStep(), new ProfileStep(), new FitStep(), new SearchStep(), new VerifyStep(), new ExportStep(), new ReportStep()];

    private readonly RunServices _services;

    /// <summary>Initializes the runner.</summary>
    public ExperimentRunner(RunServices services) => _services = services;

    /// <summary>Gets the names of the steps, in the order they are done.</summary>
    public static IReadOnlyList<string> StepNames { get; } = [.. Steps.Select(step => step.Name)];

    /// <summary>Gives a step with all steps that it needs.</summary>
    /// <param name="until">The step, or several separated by commas; <see langword="null"/> for all.</param>
    /// <exception cref="UsageException">There is no such step.</exception>
    public static IReadOnlySet<string> StepsUntil(string? until)
    {
        HashSet<string> wanted = [];
        Stack<string> open = new((until ?? Steps[^1].Name).Split(','));
        while (open.TryPop(out string? name))
        {
            if (wanted.Add(name))
            {
                foreach (string need in Find(name).Needs)
                {
                    open.Push(need);
                }
            }
        }

        return wanted;
    }

    /// <summary>Runs an experiment, or what is left of it.</summary>
    /// <param name="experiment">The experiment; the same experiment is the same run.</param>
    /// <param name="until">The last step to do with what it needs, or <see langword="null"/> for all.</param>
    /// <param name="fresh">Whether to forget what the run has and start it from its beginning; a trained supernet is kept.</param>
    /// <param name="cancellationToken">Stops the run after the unit of work in hand, which is kept.</param>
    /// <returns>The run as it is stored now.</returns>
    public async Task<RunRecord> RunAsync(Experiment experiment, string? until, bool fresh, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        string id = RunKey.RunId(experiment);
        string folder = _services.Workplace.RunFolder(id);
        Directory.CreateDirectory(folder);
        using FileStream alone = RunLock.Take(Path.Combine(folder, ".lock"), $"works on run {id}");
        RunNote note = await RunNotes.TakeAsync(_services.Store, id, fresh, cancellationToken).ConfigureAwait(false);
        if (fresh)
        {
            await _services.Store.DeleteRunAsync(id, cancellationToken).ConfigureAwait(false);
        }

        RunRecord run = new(
            id, experiment.Name, experiment.Space.Name, experiment.Space.Fingerprint, experiment.Document, experiment.Seed,
            RunState.Running, _services.Time.GetUtcNow(), RunEnvironment.Describe(_services.Workplace));
        await _services.Store.PutSpaceAsync(experiment.Space.Fingerprint, experiment.Space.Name, experiment.SpaceText, cancellationToken).ConfigureAwait(false);
        await _services.Store.AddRunAsync(run, cancellationToken).ConfigureAwait(false);
        await RunNotes.PutBackAsync(_services.Store, id, note, cancellationToken).ConfigureAwait(false);
        run = await _services.Store.FindRunAsync(id, cancellationToken).ConfigureAwait(false) ?? run;
        await _services.Store.SetRunUntilAsync(id, until, cancellationToken).ConfigureAwait(false);
        await _services.Store.SetRunStateAsync(id, RunState.Running, cancellationToken).ConfigureAwait(false);
        RunState state = RunState.Failed;
        try
        {
            RunContext context = new(experiment, run, _services);
            await using (context.ConfigureAwait(false))
            {
                await RunStepsAsync(context, until, cancellationToken).ConfigureAwait(false);
            }

            IReadOnlyList<StepRecord> finished = await _services.Store.GetStepsAsync(id, cancellationToken).ConfigureAwait(false);
            state = StepNames.All(name => finished.IsDone(name)) ? RunState.Done : RunState.Stopped;
        }
        catch (OperationCanceledException)
        {
            state = RunState.Stopped;
            throw;
        }
        finally
        {
            await _services.Store.SetRunStateAsync(id, state, CancellationToken.None).ConfigureAwait(false);
        }

        return run with { State = state };
    }

    private static IRunStep Find(string name) =>
        Steps.FirstOrDefault(step => step.Name == name) ?? throw UsageException.UnknownName("step", name, StepNames);

    private async Task RunStepsAsync(RunContext context, string? until, CancellationToken cancellationToken)
    {
        IReadOnlySet<string> wanted = StepsUntil(until);
        Dictionary<string, string> done = (await _services.Store.GetStepsAsync(context.Run.Id, cancellationToken).ConfigureAwait(false)).ToDictionary(step => step.Step, step => step.Key);
        if (done.TryGetValue("train", out string? trained) && trained != RunKey.Of("train", context.TrainingKey))
        {
            // What is stored was evaluated on other images: it must not be mixed with what these would give.
            throw new UsageException($"The data of run {context.Run.Id} has changed since the run was trained. Restore it, or start the run from its beginning with --fresh.");
        }

        foreach (IRunStep step in Steps.Where(step => wanted.Contains(step.Name)))
        {
            // The run's id is a digest of the experiment; beside it only the data can differ between two starts.
            string key = RunKey.Of(step.Name, step.Name == "profile" ? string.Empty : context.TrainingKey);
            if (done.GetValueOrDefault(step.Name) == key && (step.Name != "train" || File.Exists(context.CheckpointPath)))
            {
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            object result = await step.RunAsync(context, cancellationToken).ConfigureAwait(false);
            StepRecord record = new(step.Name, key, JsonSerializer.Serialize(result, JsonSerializerOptions.Web), _services.Time.GetUtcNow());
            await _services.Store.PutStepAsync(context.Run.Id, record, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
