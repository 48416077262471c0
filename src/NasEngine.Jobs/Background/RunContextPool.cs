using System.Text;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Core.Progress;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Runs;

namespace NasEngine.Jobs.Background;

/// <summary>Keeps runs open between jobs. Each open run is used by one job at a time; a run may be open several times.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RunContextPool(RunServices services, IRecurringJobStore budgets) : IAsyncDisposable
{
    // An open run holds its weights and its data: few are kept.
    private const int MostIdle = 3;

    private static readonly TimeSpan WhileBusy = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly LinkedList<Open> _idle = [];

    /// <summary>Opens a run, or gives one that is open and idle.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="progress">Where it shows how far its work is.</param>
    /// <param name="cancellationToken">Stops the reading of the run.</param>
    /// <exception cref="UsageException">There is no such run.</exception>
    /// <exception cref="PostponedException">A process outside the service carries the run out at the moment.</exception>
    public async Task<Lease> RentAsync(string runId, IProgressSink progress, CancellationToken cancellationToken)
    {
        RunRecord run = await services.Store.FindRunAsync(runId, cancellationToken).ConfigureAwait(false) is RunRecord found && found.Id == runId
            ? found
            : throw new UsageException($"There is no run '{runId}' in the store: it was removed.");
        FileStream shared = Share(runId);
        try
        {
            return new Lease(this, await OpenAsync(run, progress, cancellationToken).ConfigureAwait(false), shared);
        }
        catch
        {
            await shared.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        List<Open> all;
        lock (_lock)
        {
            all = [.. _idle];
            _idle.Clear();
        }

        foreach (Open open in all)
        {
            await open.Context.DisposeAsync().ConfigureAwait(false);
        }
    }

    // Jobs work on a run together, but not beside a process that carries it out alone.
    private FileStream Share(string runId)
    {
        string folder = services.Workplace.RunFolder(runId);
        Directory.CreateDirectory(folder);
        try
        {
            return RunLock.Share(Path.Combine(folder, ".lock"), $"works on run {runId}");
        }
        catch (BusyException problem)
        {
            throw new PostponedException(problem.Message, WhileBusy, problem);
        }
    }

    private async Task<Open> OpenAsync(RunRecord run, IProgressSink progress, CancellationToken cancellationToken)
    {
        string runId = run.Id;
        RunBudget budget = await budgets.GetBudgetAsync(runId, cancellationToken).ConfigureAwait(false);
        Open? open = null;
        List<Open> stale = [];
        lock (_lock)
        {
            for (LinkedListNode<Open>? node = _idle.First, next; node is not null; node = next)
            {
                next = node.Next;
                if (node.Value.Context.Run.Id != runId)
                {
                    continue;
                }

                bool fits = node.Value.Budget == budget && node.Value.Context.Run.CreatedAt == run.CreatedAt;
                if (!fits || open is null)
                {
                    _idle.Remove(node);
                    open ??= fits ? node.Value : null;
                    if (!fits)
                    {
                        stale.Add(node.Value);
                    }
                }
            }
        }

        foreach (Open one in stale)
        {
            await one.Context.DisposeAsync().ConfigureAwait(false);
        }

        open ??= Create(run, budget);
        open.Progress.Target = progress;
        return open;
    }

    private Open Create(RunRecord run, RunBudget budget)
    {
        Experiment experiment = ExperimentReader.ReadText($"run {run.Id}", Encoding.UTF8.GetBytes(run.Experiment));
        experiment = experiment with
        {
            Search = experiment.Search with { Evaluations = budget.Evaluations ?? experiment.Search.Evaluations, Verify = budget.Verify ?? experiment.Search.Verify },
        };
        RedirectedProgress progress = new();
        return new Open(new RunContext(experiment, run, services with { Progress = progress }), budget, progress);
    }

    private async ValueTask ReturnAsync(Open open, bool reuse)
    {
        open.Progress.Target = SilentProgress.Instance;
        Open? oldest = reuse ? null : open;
        if (reuse)
        {
            lock (_lock)
            {
                _idle.AddFirst(open);
                if (_idle.Count > MostIdle)
                {
                    oldest = _idle.Last!.Value;
                    _idle.RemoveLast();
                }
            }
        }

        if (oldest is not null)
        {
            await oldest.Context.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A run that one job has.</summary>
    internal sealed class Lease(RunContextPool pool, Open open, FileStream shared) : IAsyncDisposable
    {
        private bool _healthy;

        /// <summary>Gets the run.</summary>
        public RunContext Context => open.Context;

        /// <summary>Says that the work went well: the run may be used by the next job.</summary>
        public void Keep() => _healthy = true;

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            await pool.ReturnAsync(open, _healthy).ConfigureAwait(false);
            await shared.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>An open run.</summary>
    internal sealed record Open(RunContext Context, RunBudget Budget, RedirectedProgress Progress);

    /// <summary>Shows progress where the job at hand wants it shown.</summary>
    internal sealed class RedirectedProgress : IProgressSink
    {
        /// <summary>Gets or sets where.</summary>
        public IProgressSink Target { get; set; } = SilentProgress.Instance;

        /// <inheritdoc/>
        public IProgressTask Start(string title, long total, string unit, long done = 0) => Target.Start(title, total, unit, done);

        /// <inheritdoc/>
        public void Say(string line) => Target.Say(line);
    }
}
