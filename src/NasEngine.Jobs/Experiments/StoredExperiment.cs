using System.Text;
using NasEngine.Core.Runs;

namespace NasEngine.Jobs.Experiments;

/// <summary>Reads the experiments that runs keep.</summary>
public static class StoredExperiment
{
    /// <summary>Reads the experiment of a run.</summary>
    public static Experiment Read(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return ExperimentReader.ReadText($"run {run.Id}", Encoding.UTF8.GetBytes(run.Experiment));
    }
}
