using NasEngine.Core.Errors;
using NasEngine.Core.Runs;

namespace NasEngine.Storage;

/// <summary>Opens the stores that runs are kept in.</summary>
public static class RunStores
{
    /// <summary>Gets how long a write waits for another process that is writing, unless said otherwise: 30 s.</summary>
    public static TimeSpan DefaultPatience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Opens the runs of a store; disposing them closes it. See <see cref="NasStore.OpenAsync"/>.</summary>
    /// <param name="location">A file, or the URL of a PostgreSQL database: <c>postgres://user:password@host:port/database</c>.</param>
    /// <param name="patience">How long a write waits for another process that is writing; at least 1 ms; <see cref="DefaultPatience"/> if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops before the store is opened.</param>
    /// <exception cref="UsageException">The location cannot be used.</exception>
    /// <exception cref="WorkFailedException">The server cannot be reached.</exception>
    /// <exception cref="DamagedFileException">The file is damaged, or no database.</exception>
    public static async Task<IRunStore> OpenAsync(string location, TimeSpan? patience = null, CancellationToken cancellationToken = default) =>
        (await NasStore.OpenAsync(location, patience, cancellationToken).ConfigureAwait(false)).Runs;

    /// <summary>Opens the runs of a store in a SQLite file.</summary>
    /// <param name="path">The file; a relative path is relative to the working directory.</param>
    /// <param name="patience">How long a write waits for another process that is writing; at least 1 ms; <see cref="DefaultPatience"/> if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops before the file is opened.</param>
    /// <exception cref="UsageException">The path is a folder, may not be read or written, belongs to another program, or was written by a newer version.</exception>
    /// <exception cref="DamagedFileException">The file is damaged, or no database.</exception>
    public static async Task<IRunStore> OpenSqliteAsync(string path, TimeSpan? patience = null, CancellationToken cancellationToken = default) =>
        (await NasStore.OpenSqliteAsync(path, patience, cancellationToken).ConfigureAwait(false)).Runs;
}
