using NasEngine.Core.Errors;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Experiments;

namespace NasEngine.Jobs.Background;

/// <summary>A run that measured a device.</summary>
/// <param name="Run">The run.</param>
/// <param name="Device">The device's name there.</param>
/// <param name="Form">What stands behind the name.</param>
internal sealed record DriftTarget(RunRecord Run, string Device, string Form)
{
    private const int Recent = 100;

    /// <summary>Finds the newest run that measured a device.</summary>
    /// <param name="store">The runs.</param>
    /// <param name="device">The device's name, what stands behind it, or the name that an agent was attached with.</param>
    /// <param name="runId">The run, or <see langword="null"/> for any.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="UsageException">No run measured it.</exception>
    public static async Task<DriftTarget> FindAsync(IRunStore store, string device, string? runId, CancellationToken cancellationToken)
    {
        foreach (RunRecord run in await store.ListRunsAsync(Recent, cancellationToken).ConfigureAwait(false))
        {
            if (runId is not null && run.Id != runId)
            {
                continue;
            }

            Experiment experiment = StoredExperiment.Read(run);
            foreach (string name in experiment.Devices)
            {
                string form = experiment.Profile.Devices.GetValueOrDefault(name, name);
                if ((name == device || form == device || form == "agent:" + device)
                    && (await store.GetMeasurementsAsync(run.Id, name, cancellationToken).ConfigureAwait(false)).Count > 0)
                {
                    return new DriftTarget(run, name, form);
                }
            }
        }

        throw new UsageException($"No run has measured device '{device}' yet, so there is nothing to compare it with.");
    }
}
