using System.Text;
using NasEngine.Core.Errors;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Experiments;

namespace NasEngine.Jobs.Queries;

/// <summary>Reads the experiments that runs keep, each once while it is in use. Thread-safe.</summary>
public sealed class StoredExperiments
{
    private readonly BoundedCache<(string Id, int Length), Experiment> _known = new(256);

    /// <summary>Reads the experiment of a run.</summary>
    /// <exception cref="InputFormatException">The store holds an experiment that this version cannot read.</exception>
    public Experiment Of(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);

        // A run's id is a digest of its experiment.
        if (!_known.TryGet((run.Id, run.Experiment.Length), out Experiment experiment))
        {
            experiment = ExperimentReader.ReadText($"run {run.Id}", Encoding.UTF8.GetBytes(run.Experiment));
            _known.Put((run.Id, run.Experiment.Length), experiment);
        }

        return experiment;
    }

    /// <summary>Reads the experiment of a run, or gives <see langword="null"/> where this version cannot.</summary>
    public Experiment? TryOf(RunRecord run)
    {
        try
        {
            return Of(run);
        }
        catch (NasException)
        {
            // A list shows runs of other versions too, with what can be known without their experiment.
            return null;
        }
    }
}
