using NasEngine.Core.Errors;
using NasEngine.Core.Runs;
using NasEngine.Storage.Sqlite;

namespace NasEngine.Storage;

/// <summary>Opens the stores that runs are kept in.</summary>
public static class RunStores
{
    /// <summary>Gets how long a write waits for another process that is writing, unless said otherwise: 30 s.</summary>
    public static TimeSpan DefaultPatience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Opens a store in a SQLite file; the file and its folders are made if they are not there, and an older schema is brought up to date.</summary>
    /// <remarks>
    /// Any number of processes on one machine may have the file open; a folder shared over a network is no place for it.
    /// An acknowledged write survives the end of the process, <c>kill -9</c> included. After a power cut the last few
    /// commits may be missing (the file is whole, and a run goes on from what is there): waiting for the disk at each commit
    /// would take about twenty times as long. Files up to 16 MiB are checked page by page on opening.
    /// </remarks>
    /// <param name="path">The file; a relative path is relative to the working directory.</param>
    /// <param name="patience">How long a write waits for another process that is writing; at least 1 ms; <see cref="DefaultPatience"/> if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops before the file is opened.</param>
    /// <exception cref="UsageException">The path is a folder, may not be read or written, belongs to another program, or was written by a newer version.</exception>
    /// <exception cref="DamagedFileException">The file is damaged, or no database.</exception>
    public static Task<IRunStore> OpenSqliteAsync(string path, TimeSpan? patience = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        TimeSpan wait = patience ?? DefaultPatience;
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.FromMilliseconds(1), nameof(patience));
        return Task.Run<IRunStore>(() => new SqliteRunStore(SqliteDatabase.Open(path, wait)), cancellationToken);
    }
}
