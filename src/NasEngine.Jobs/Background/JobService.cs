using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Runs;

namespace NasEngine.Jobs.Background;

/// <summary>Starts, stops and changes jobs and runs. It writes to the store alone: workers of any process carry out what it says.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class JobService
{
    private readonly IRunStore _runs;
    private readonly Workplace _workplace;
    private readonly TimeProvider _time;

    /// <summary>Initializes the service.</summary>
    /// <param name="stores">The jobs.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="workplace">The folders of this machine.</param>
    /// <param name="time">The clock.</param>
    public JobService(JobStores stores, IRunStore runs, Workplace workplace, TimeProvider time) => (Stores, _runs, _workplace, _time) = (stores, runs, workplace, time);

    /// <summary>Raised when this process has changed jobs: look again. Changes by other processes are not seen here.</summary>
    public event Action? Changed;

    /// <summary>Gets the jobs.</summary>
    public JobStores Stores { get; }

    /// <summary>Gets the kinds that recurring jobs may have.</summary>
    public static IReadOnlyList<string> Kinds => JobKinds.Recurring;

    /// <summary>Starts the run of an experiment, or goes on with it to its end.</summary>
    /// <inheritdoc cref="StartRunAsync(Experiment, int, bool, string?, CancellationToken)"/>
    public Task<StartedRun> StartRunAsync(Experiment experiment, int priority, bool fresh, CancellationToken cancellationToken) =>
        StartRunAsync(experiment, priority, fresh, null, cancellationToken);

    /// <summary>Starts the run of an experiment, or goes on with it.</summary>
    /// <param name="experiment">The experiment; the same experiment is the same run.</param>
    /// <param name="priority">The priority of its jobs.</param>
    /// <param name="fresh">Whether to forget what the run found; a trained supernet and the note are kept.</param>
    /// <param name="until">The step that it stops after, or <see langword="null"/> to go on to its end. A run that is under way goes at least as far as was asked of it before.</param>
    /// <param name="cancellationToken">Stops before the run is started.</param>
    /// <exception cref="UsageException">It is to start afresh while jobs of it are under way, or there is no such step.</exception>
    public async Task<StartedRun> StartRunAsync(Experiment experiment, int priority, bool fresh, string? until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        if (until is not null && !ExperimentRunner.StepNames.Contains(until))
        {
            throw UsageException.UnknownName("step", until, ExperimentRunner.StepNames);
        }

        string id = RunKey.RunId(experiment);
        RunNote note = await RunNotes.TakeAsync(_runs, id, fresh, cancellationToken).ConfigureAwait(false);
        if (fresh)
        {
            await DeleteRunAsync(id, cancellationToken).ConfigureAwait(false);
        }

        RunRecord run = new(
            id, experiment.Name, experiment.Space.Name, experiment.Space.Fingerprint, experiment.Document, experiment.Seed,
            RunState.Running, _time.GetUtcNow(), RunEnvironment.Describe(_workplace));
        await _runs.PutSpaceAsync(experiment.Space.Fingerprint, experiment.Space.Name, experiment.SpaceText, cancellationToken).ConfigureAwait(false);
        await _runs.AddRunAsync(run, cancellationToken).ConfigureAwait(false);
        await RunNotes.PutBackAsync(_runs, id, note, cancellationToken).ConfigureAwait(false);
        await AimAsync(id, until, cancellationToken).ConfigureAwait(false);
        JobRecord job = await ContinueAsync(id, priority, cancellationToken).ConfigureAwait(false);
        return new StartedRun(id, job.Id);
    }

    /// <summary>Stops a run: its jobs are deleted, and what is under way stops within a few seconds and keeps what it did.</summary>
    /// <exception cref="UsageException">There is no such run.</exception>
    public async Task StopRunAsync(string runId, CancellationToken cancellationToken)
    {
        RunRecord run = await RequireAsync(runId, cancellationToken).ConfigureAwait(false);
        await Stores.Jobs.DeleteOfRunAsync(runId, cancellationToken).ConfigureAwait(false);
        if (run.State == RunState.Running)
        {
            await _runs.SetRunStateAsync(runId, RunState.Stopped, cancellationToken).ConfigureAwait(false);
        }

        Changed?.Invoke();
    }

    /// <summary>Goes on to its end with a run that was stopped or failed, or that stopped after a step.</summary>
    /// <exception cref="UsageException">There is no such run.</exception>
    public async Task<JobRecord> ResumeRunAsync(string runId, CancellationToken cancellationToken)
    {
        await RequireAsync(runId, cancellationToken).ConfigureAwait(false);
        await _runs.SetRunUntilAsync(runId, null, cancellationToken).ConfigureAwait(false);
        return await ContinueAsync(runId, 0, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a run, its jobs under way included. Measurements stay.</summary>
    /// <exception cref="UsageException">Jobs of it are under way: they were asked to stop, and it can be removed once they have.</exception>
    public async Task DeleteRunAsync(string runId, CancellationToken cancellationToken)
    {
        await Stores.Jobs.DeleteOfRunAsync(runId, cancellationToken).ConfigureAwait(false);
        Changed?.Invoke();
        long under = (await Stores.Jobs.CountAsync(runId, cancellationToken).ConfigureAwait(false))[JobState.Processing];
        if (under > 0)
        {
            throw new UsageException($"{under} jobs of run {runId} are under way. They were asked to stop, which takes some seconds: try again then.");
        }

        await _runs.DeleteRunAsync(runId, cancellationToken).ConfigureAwait(false);
        await Stores.Recurring.RemoveBudgetAsync(runId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives a run's budgets as they hold now.</summary>
    /// <exception cref="UsageException">There is no such run.</exception>
    public async Task<RunBudget> GetBudgetAsync(string runId, CancellationToken cancellationToken)
    {
        RunRecord run = await RequireAsync(runId, cancellationToken).ConfigureAwait(false);
        RunBudget changed = await Stores.Recurring.GetBudgetAsync(runId, cancellationToken).ConfigureAwait(false);
        SearchOptions search = StoredExperiment.Read(run).Search;
        return new RunBudget(changed.Evaluations ?? search.Evaluations, changed.Verify ?? search.Verify);
    }

    /// <summary>Changes a run's budgets, also while it goes. After its end, a larger budget takes it up again.</summary>
    /// <returns>The budgets as they hold now.</returns>
    /// <exception cref="UsageException">There is no such run, or a budget is below 1.</exception>
    public async Task<RunBudget> ChangeBudgetAsync(string runId, RunBudget budget, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(budget);
        if (budget.Evaluations is < 1 or > 100_000_000 || budget.Verify is < 1 or > 100_000)
        {
            throw new UsageException("Budgets are from 1 on: evaluations up to 100,000,000, verify up to 100,000.");
        }

        RunRecord run = await RequireAsync(runId, cancellationToken).ConfigureAwait(false);
        RunBudget before = await GetBudgetAsync(runId, cancellationToken).ConfigureAwait(false);
        await Stores.Recurring.SetBudgetAsync(runId, budget, cancellationToken).ConfigureAwait(false);
        RunBudget after = await GetBudgetAsync(runId, cancellationToken).ConfigureAwait(false);
        if (after != before)
        {
            await ReopenAsync(run, after.Evaluations > before.Evaluations, cancellationToken).ConfigureAwait(false);
        }

        return after;
    }

    /// <summary>Changes what is written about a run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="text">The whole text; empty to remove it.</param>
    /// <param name="version">The version of the note that the text was made from; 0 if there was none.</param>
    /// <param name="cancellationToken">Stops before the change.</param>
    /// <returns>The note as it is now.</returns>
    /// <exception cref="UsageException">There is no such run, or the text cannot be kept.</exception>
    /// <exception cref="WorkFailedException">Somebody else has changed the note since: nothing was changed.</exception>
    public async Task<RunNote> ChangeNoteAsync(string runId, string text, long version, CancellationToken cancellationToken)
    {
        RunNote? changed = await _runs.TrySetNoteAsync(runId, RunNote.Normalize(text), version, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (changed is null)
        {
            RunNote now = await _runs.GetNoteAsync(runId, cancellationToken).ConfigureAwait(false);
            throw new WorkFailedException($"The note of run {runId} was changed meanwhile: it has version {now.Version}, not {version}. Read it again, then write yours.");
        }

        Changed?.Invoke();
        return changed;
    }

    /// <summary>Exports a network of a run.</summary>
    /// <param name="runId">The run; its supernet is trained.</param>
    /// <param name="genotype">The network in the words of its space, or <see langword="null"/> to pick one of the front.</param>
    /// <param name="pick"><c>best</c>, <c>fastest</c> or a number in the front; the experiment's choice if this and the genotype are <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops before the job is added.</param>
    /// <exception cref="UsageException">There is no such run, or the genotype is none of its space.</exception>
    public async Task<JobRecord> ExportAsync(string runId, string? genotype, string? pick, CancellationToken cancellationToken)
    {
        RunRecord run = await RequireAsync(runId, cancellationToken).ConfigureAwait(false);
        if (genotype is not null)
        {
            StoredExperiment.Read(run).Space.Parse(genotype);
        }

        return await EnqueueAsync(RunPlan.Export(runId, genotype, pick), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds a job.</summary>
    public async Task<JobRecord> EnqueueAsync(JobRequest request, CancellationToken cancellationToken)
    {
        JobRecord job = (await Stores.Jobs.AddAsync([request], cancellationToken).ConfigureAwait(false))[0];
        Changed?.Invoke();
        return job;
    }

    /// <summary>Enqueues jobs again; a run that failed goes on.</summary>
    /// <returns>The jobs that were enqueued.</returns>
    public async Task<IReadOnlyList<JobRecord>> RequeueAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        IReadOnlyList<JobRecord> jobs = await Stores.Jobs.RequeueAsync(ids, cancellationToken).ConfigureAwait(false);
        foreach (string runId in jobs.Select(job => job.RunId).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (await _runs.FindRunAsync(runId, cancellationToken).ConfigureAwait(false) is RunRecord { State: RunState.Failed or RunState.Stopped } run && run.Id == runId)
            {
                await _runs.SetRunStateAsync(runId, RunState.Running, cancellationToken).ConfigureAwait(false);
            }
        }

        Changed?.Invoke();
        return jobs;
    }

    /// <summary>Deletes jobs that wait or have failed, and stops those under way within a few seconds.</summary>
    /// <returns>The jobs that were deleted or asked to stop.</returns>
    public async Task<IReadOnlyList<JobRecord>> DeleteAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        IReadOnlyList<JobRecord> jobs = await Stores.Jobs.DeleteAsync(ids, cancellationToken).ConfigureAwait(false);
        Changed?.Invoke();
        return jobs;
    }

    /// <summary>Changes the priority of a job that waits.</summary>
    /// <exception cref="UsageException">The priority is out of its range, or no job with this id waits.</exception>
    public async Task<JobRecord> SetPriorityAsync(string id, int priority, CancellationToken cancellationToken)
    {
        if (priority is < JobRequest.LowestPriority or > -JobRequest.LowestPriority)
        {
            throw new UsageException($"A priority is from {JobRequest.LowestPriority} to {-JobRequest.LowestPriority}, not {priority}.");
        }

        JobRecord job = await Stores.Jobs.SetPriorityAsync(id, priority, cancellationToken).ConfigureAwait(false)
            ?? throw new UsageException($"There is no job '{id}' that waits.");
        Changed?.Invoke();
        return job;
    }

    /// <summary>Pauses a queue, for all workers that share the store and until it is resumed, or resumes it. Jobs under way go on to their ends.</summary>
    /// <param name="queue">The queue, such as <c>train</c> or <c>device:agent:pi</c>.</param>
    /// <param name="isPaused">Whether it is to hand out no jobs.</param>
    /// <param name="cancellationToken">Stops before the change.</param>
    /// <returns>The queue as it is now.</returns>
    /// <exception cref="UsageException">There is no such queue.</exception>
    public async Task<QueueRecord> SetPausedAsync(string queue, bool isPaused, CancellationToken cancellationToken)
    {
        string name = JobQueues.Parse(queue);
        await (isPaused ? Stores.Queues.PauseAsync(name, cancellationToken) : Stores.Queues.ResumeAsync(name, cancellationToken)).ConfigureAwait(false);
        Changed?.Invoke();
        return (await Stores.Queues.ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(known => known.Name == name) ?? JobQueues.Empty(name);
    }

    /// <summary>Adds or changes a recurring job.</summary>
    /// <exception cref="UsageException">Its id, kind, cron expression or time zone is not valid, or its payload is not what its kind needs.</exception>
    public async Task<RecurringJob> PutRecurringAsync(RecurringJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (job.Id.Length is 0 or > 64 || !job.Id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            throw new UsageException($"The id of a recurring job is 1 to 64 letters, digits, '-', '_' and '.', not '{job.Id}'.");
        }

        if (!Kinds.Contains(job.Kind))
        {
            throw UsageException.UnknownName("kind of recurring job", job.Kind, Kinds);
        }

        RecurringJob stored = job with { NextAt = job.Enabled ? CronTimes.Parse(job.Cron, job.TimeZone).GetNextValidTimeAfter(_time.GetUtcNow()) : null };
        RecurringRequest.Of(stored, _time.GetUtcNow());
        if (stored.Kind == JobKinds.Run)
        {
            await RequireAsync(RepeatPayload.Read(stored).Run, cancellationToken).ConfigureAwait(false);
        }

        await Stores.Recurring.PutRecurringAsync(stored, cancellationToken).ConfigureAwait(false);
        Changed?.Invoke();
        return (await Stores.Recurring.GetRecurringAsync(cancellationToken).ConfigureAwait(false)).Single(known => known.Id == job.Id);
    }

    /// <summary>Makes the job of a recurring one now. While the one before is unfinished, that one is given.</summary>
    /// <exception cref="UsageException">There is no such recurring job.</exception>
    public async Task<JobRecord> TriggerRecurringAsync(string id, CancellationToken cancellationToken)
    {
        RecurringJob recurring = (await Stores.Recurring.GetRecurringAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(known => known.Id == id)
            ?? throw new UsageException($"There is no recurring job '{id}'.");
        DateTimeOffset now = _time.GetUtcNow();
        JobRecord job = await EnqueueAsync(RecurringRequest.Of(recurring, now) with { Key = "recurring:" + id }, cancellationToken).ConfigureAwait(false);
        DateTimeOffset? next = recurring.Enabled ? CronTimes.Parse(recurring.Cron, recurring.TimeZone).GetNextValidTimeAfter(now) : null;
        await Stores.Recurring.NoteRecurringAsync(id, now, job.Id, next, cancellationToken).ConfigureAwait(false);
        return job;
    }

    /// <summary>Removes a recurring job.</summary>
    /// <exception cref="UsageException">There is none with this id, or it is the upkeep.</exception>
    public async Task RemoveRecurringAsync(string id, CancellationToken cancellationToken)
    {
        if (id == Upkeep.Id)
        {
            throw new UsageException("Every store has its upkeep. It can be switched off, and its schedule be changed.");
        }

        if (!await Stores.Recurring.RemoveRecurringAsync(id, cancellationToken).ConfigureAwait(false))
        {
            throw new UsageException($"There is no recurring job '{id}'.");
        }

        Changed?.Invoke();
    }

    /// <summary>Measures networks of a device again, to see how far it drifted.</summary>
    /// <param name="device">The device's name as runs use it, or what stands behind it, such as <c>agent:pi</c>.</param>
    /// <param name="cancellationToken">Stops before the job is added.</param>
    /// <exception cref="UsageException">No run has measured it.</exception>
    public async Task<JobRecord> RemeasureAsync(string device, CancellationToken cancellationToken)
    {
        DriftTarget target = await DriftTarget.FindAsync(_runs, device, null, cancellationToken).ConfigureAwait(false);
        return await EnqueueAsync(RecurringRequest.Drift(new DriftPayload(target.Device, target.Form, target.Run.Id)) with { Key = "drift:" + target.Form }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RunRecord> RequireAsync(string runId, CancellationToken cancellationToken) =>
        await _runs.FindRunAsync(runId, cancellationToken).ConfigureAwait(false) is RunRecord run && run.Id == runId ? run : throw new UsageException($"There is no run '{runId}'.");

    // Somebody may wait for what is under way: a nearer aim must not cut it short.
    private async Task AimAsync(string runId, string? until, CancellationToken cancellationToken)
    {
        RunRecord run = await RequireAsync(runId, cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<JobState, long> jobs = await Stores.Jobs.CountAsync(runId, cancellationToken).ConfigureAwait(false);
        bool isUnderWay = run.State == RunState.Running && jobs.Any(pair => !pair.Key.IsFinished() && pair.Value > 0);
        string? aim = isUnderWay ? Farther(run.Until, until) : until;
        if (aim != run.Until)
        {
            await _runs.SetRunUntilAsync(runId, aim, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string? Farther(string? before, string? wanted) =>
        before is null || wanted is null ? null
        : ExperimentRunner.StepsUntil(wanted).IsSupersetOf(ExperimentRunner.StepsUntil(before)) ? wanted
        : ExperimentRunner.StepsUntil(before).Contains(wanted) ? before
        : $"{before},{wanted}";

    private async Task<JobRecord> ContinueAsync(string runId, int priority, CancellationToken cancellationToken)
    {
        // Continuations of jobs that failed or were deleted would wait for ever; the plan makes new ones.
        JobPage waiting;
        do
        {
            waiting = await Stores.Jobs.ListAsync(new JobQuery { RunId = runId, State = JobState.Awaiting, Limit = 500 }, cancellationToken).ConfigureAwait(false);
            await Stores.Jobs.DeleteAsync([.. waiting.Jobs.Select(job => job.Id)], cancellationToken).ConfigureAwait(false);
        }
        while (waiting.NextCursor is not null);
        await _runs.SetRunStateAsync(runId, RunState.Running, cancellationToken).ConfigureAwait(false);
        return await EnqueueAsync(RunPlan.Next(runId) with { Priority = priority }, cancellationToken).ConfigureAwait(false);
    }

    // What was done with another budget is not done: the steps that the budget decides are to be looked at again.
    private async Task ReopenAsync(RunRecord run, bool searchAgain, CancellationToken cancellationToken)
    {
        string[] reopened = searchAgain ? ["search", "verify", "export", "report"] : ["verify", "export", "report"];
        HashSet<string> done = [.. (await _runs.GetStepsAsync(run.Id, cancellationToken).ConfigureAwait(false)).Select(step => step.Step)];
        bool any = false;
        foreach (string step in reopened.Where(done.Contains))
        {
            await _runs.PutStepAsync(run.Id, new StepRecord(step, FinishedSteps.Reopened, "{}", _time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
            any = true;
        }

        if (any && run.State is RunState.Done or RunState.Running)
        {
            if (run.State == RunState.Done)
            {
                await _runs.SetRunUntilAsync(run.Id, null, cancellationToken).ConfigureAwait(false);
            }

            await ContinueAsync(run.Id, 0, cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>A run that was started.</summary>
/// <param name="RunId">The run.</param>
/// <param name="JobId">The job that plans it.</param>
public sealed record StartedRun(string RunId, string JobId);
