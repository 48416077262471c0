using NasEngine.Core.Runs;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Queries;
using NasEngine.Web.Errors;

namespace NasEngine.Web.Endpoints;

/// <summary>Finds the runs that requests name.</summary>
internal sealed class RunFinder(IRunStore store, StoredExperiments experiments)
{
    /// <summary>Finds a run by its id, its name, or <c>latest</c>.</summary>
    /// <exception cref="MissingException">There is none.</exception>
    public async Task<RunRecord> RequireAsync(string id, CancellationToken cancellationToken)
    {
        bool isPlausible = id.Length is > 0 and <= 200 && id.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
        RunRecord? run = isPlausible ? await store.FindRunAsync(id, cancellationToken).ConfigureAwait(false) : null;
        return run ?? throw MissingException.Run(id);
    }

    /// <summary>Reads the experiment of a run.</summary>
    public Experiment Experiment(RunRecord run) => experiments.Of(run);
}
