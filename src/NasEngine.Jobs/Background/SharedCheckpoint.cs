using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Machine;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Runs;
using NasEngine.Training.Supernets;

namespace NasEngine.Jobs.Background;

/// <summary>Brings a supernet's checkpoint to the worker that needs it, checked by its digest. Where all work is done in one folder, nothing is copied.</summary>
internal static class SharedCheckpoint
{
    /// <summary>The kind of artefact that says which checkpoint a run trained, and where other machines find it.</summary>
    public const string Kind = "training";

    /// <summary>Keeps the checkpoint as it is now.</summary>
    public static async Task PublishAsync(RunContext run, long step, CancellationToken cancellationToken)
    {
        if (run.Services.Blobs is null)
        {
            return;
        }

        Artefact? before = await FindAsync(run, cancellationToken).ConfigureAwait(false);
        string sha256 = await run.Services.Blobs.PutAsync(run.CheckpointPath, cancellationToken).ConfigureAwait(false);
        await run.Store.PutArtefactAsync(
            run.Run.Id,
            new Artefact(Path.GetFileName(run.CheckpointPath), Kind, run.CheckpointPath, sha256, new FileInfo(run.CheckpointPath).Length, JsonSerializer.Serialize(new Details(run.TrainingKey, step), JsonSerializerOptions.Web)),
            cancellationToken).ConfigureAwait(false);
        if (before is not null && (await run.Store.FindReferredAsync([before.Sha256], cancellationToken).ConfigureAwait(false)).Count == 0)
        {
            await run.Services.Blobs.RemoveAsync(before.Sha256, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gets the checkpoint here, unless it is here already.</summary>
    /// <param name="run">The run.</param>
    /// <param name="forTraining">Whether one that is further on is as good.</param>
    /// <param name="cancellationToken">Stops the copying.</param>
    /// <exception cref="WorkFailedException">It is neither here nor kept.</exception>
    public static async Task FetchAsync(RunContext run, bool forTraining, CancellationToken cancellationToken)
    {
        if (run.Services.Blobs is null || run.HasSupernet)
        {
            return;
        }

        Artefact? kept = await FindAsync(run, cancellationToken).ConfigureAwait(false);
        if (kept is null
            || (forTraining && Checkpoint.FindStep(run.CheckpointPath, run.TrainingKey) > Read(kept).Step)
            || (File.Exists(run.CheckpointPath) && await FileDigest.OfAsync(run.CheckpointPath, cancellationToken).ConfigureAwait(false) == kept.Sha256))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(run.CheckpointPath)!);
        if (!await run.Services.Blobs.TryGetAsync(kept.Sha256, run.CheckpointPath, cancellationToken).ConfigureAwait(false) && !File.Exists(run.CheckpointPath))
        {
            throw new WorkFailedException($"The checkpoint of run {run.Run.Id} is neither in {run.CheckpointPath} nor in the store.");
        }
    }

    private static async Task<Artefact?> FindAsync(RunContext run, CancellationToken cancellationToken) =>
        (await run.Store.GetArtefactsAsync(run.Run.Id, cancellationToken).ConfigureAwait(false)).FirstOrDefault(artefact => artefact.Kind == Kind && Read(artefact).Key == run.TrainingKey);

    private static Details Read(Artefact artefact)
    {
        try
        {
            return JsonSerializer.Deserialize<Details>(artefact.Details, JsonSerializerOptions.Web) ?? new Details(string.Empty, 0);
        }
        catch (JsonException)
        {
            return new Details(string.Empty, 0);
        }
    }

    private sealed record Details(string Key, long Step);
}
