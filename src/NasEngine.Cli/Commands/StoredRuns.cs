using System.Text;
using NasEngine.Core.Errors;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Experiments;

namespace NasEngine.Cli.Commands;

/// <summary>Finds stored runs.</summary>
internal static class StoredRuns
{
    /// <summary>Finds a run, or says which there are.</summary>
    /// <exception cref="UsageException">There is no such run.</exception>
    public static async Task<RunRecord> RequireAsync(IRunStore store, string idOrName, CancellationToken cancellationToken)
    {
        RunRecord? run = await store.FindRunAsync(idOrName, cancellationToken).ConfigureAwait(false);
        if (run is not null)
        {
            return run;
        }

        IReadOnlyList<RunRecord> newest = await store.ListRunsAsync(5, cancellationToken).ConfigureAwait(false);
        throw newest.Count == 0
            ? new UsageException("There is no run yet: start one with 'nas quickstart' or 'nas run'.")
            : new UsageException($"There is no run '{idOrName}'. The newest: {string.Join(", ", newest.Select(known => known.Id))}.");
    }

    /// <summary>Reads the experiment that a run keeps.</summary>
    public static Experiment Experiment(RunRecord run) => ExperimentReader.ReadText($"run {run.Id}", Encoding.UTF8.GetBytes(run.Experiment));
}
