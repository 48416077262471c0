using NasEngine.Core.Artefacts;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Queries;
using NasEngine.Jobs.Runs;
using NasEngine.Web.Errors;

namespace NasEngine.Web.Files;

/// <summary>Finds the files of runs on this machine, or fetches what another machine made.</summary>
internal sealed class RunFiles(Workplace workplace, IBlobStore blobs)
{
    /// <summary>Gives the path of an artefact.</summary>
    /// <remarks>Its name comes from the store, not from a request; still, only what lies in the run's folder is given out.</remarks>
    /// <exception cref="MissingException">It lies elsewhere, or is nowhere.</exception>
    public async Task<string> PathOfAsync(RunRecord run, Artefact artefact, CancellationToken cancellationToken)
    {
        string folder = workplace.RunFolder(run.Id), path = Path.GetFullPath(artefact.Path, folder);
        if (FolderBounds.IsInside(workplace.Results, folder) && FolderBounds.IsInside(folder, path) && File.Exists(path))
        {
            return path;
        }

        string fetched = Path.IsPathRooted(artefact.Path) ? Path.Combine(folder, Path.GetFileName(artefact.Path)) : path;
        return FolderBounds.IsInside(workplace.Results, folder) && FolderBounds.IsInside(folder, fetched) && await blobs.TryGetAsync(artefact.Sha256, fetched, cancellationToken).ConfigureAwait(false)
            ? fetched
            : throw new MissingException($"The file '{artefact.Name}' of run {run.Id} is not in the run's folder on this machine.");
    }
}
