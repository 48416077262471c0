using NasEngine.Core.Runs;
using NasEngine.Jobs.Runs;

namespace NasEngine.Jobs.Background;

/// <summary>The steps of a run as jobs put them: the same as those of a run that is carried out in one process.</summary>
internal static class RunSteps
{
    /// <summary>What the note of one profiled device begins with; the step <c>profile</c> is made of these.</summary>
    public const string Profiled = "profile@";

    /// <summary>Gives the key of a step.</summary>
    public static string Key(RunContext run, string step)
    {
        ArgumentNullException.ThrowIfNull(step);
        bool isProfile = step == "profile" || step.StartsWith(Profiled, StringComparison.Ordinal);
        return RunKey.Of(isProfile ? "profile" : step, isProfile ? string.Empty : run.TrainingKey);
    }

    /// <summary>Marks a step as done.</summary>
    public static Task PutAsync(RunContext run, string step, string result) =>
        run.Store.PutStepAsync(run.Run.Id, new StepRecord(step, Key(run, step), result, run.Services.Time.GetUtcNow()), CancellationToken.None);

    /// <summary>Puts the files that a run made where other machines find them.</summary>
    public static async Task PublishFilesAsync(RunContext run, CancellationToken cancellationToken)
    {
        if (run.Services.Blobs is null)
        {
            return;
        }

        foreach (Artefact artefact in await run.Store.GetArtefactsAsync(run.Run.Id, cancellationToken).ConfigureAwait(false))
        {
            string file = Path.Combine(run.Folder, artefact.Path);
            if (artefact.Kind != SharedCheckpoint.Kind && File.Exists(file))
            {
                await run.Services.Blobs.PutAsync(file, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
