using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Core.Runs;
using NasEngine.Storage.Jobs;
using NasEngine.Storage.Postgres;
using NasEngine.Storage.Runs;
using NasEngine.Storage.Sqlite;

namespace NasEngine.Storage;

/// <summary>An open database with all that is kept in it.</summary>
/// <remarks>Thread-safe. Whoever opened it disposes it, once nothing uses its parts any more.</remarks>
public sealed class NasStore : IAsyncDisposable
{
    private NasStore(SqlDatabase database, EvaluationWriter evaluationWriter)
    {
        Database = database;
        Runs = new SqlRunStore(database, evaluationWriter);
        Queries = new SqlRunQueries(database);
    }

    /// <summary>Gets the runs.</summary>
    public IRunStore Runs { get; }

    /// <summary>Gets what answers questions over many runs.</summary>
    public IRunQueries Queries { get; }

    /// <summary>Gets where the database is, in words fit for a message: a path, or a URL without its password.</summary>
    public string Location => Database.Location;

    /// <summary>Gets the kind of database: <c>sqlite</c> or <c>postgres</c>.</summary>
    public string Kind => Database.Dialect.Name;

    /// <summary>Gets Npgsql's connection string if the database is PostgreSQL, otherwise <see langword="null"/>. It holds the password and is never to be shown.</summary>
    public string? PostgresConnectionString => (Database as PostgresDatabase)?.ConnectionString;

    /// <summary>Gives the background jobs.</summary>
    /// <param name="time">The clock that changes are stamped with.</param>
    public JobStores Jobs(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new JobStores(new SqlJobStore(Database, time), new SqlJobLog(Database), new SqlWorkerStore(Database), new SqlRecurringJobStore(Database));
    }

    /// <summary>Gets the database underneath.</summary>
    internal SqlDatabase Database { get; }

    /// <summary>Opens a store; a SQLite file is made if it is not there, and an older schema is brought up to date.</summary>
    /// <remarks>
    /// <para>
    /// SQLite: any number of processes on one machine may have the file open; a folder shared over a network is no place for it.
    /// An acknowledged write survives the end of the process, <c>kill -9</c> included. After a power cut the last few
    /// commits may be missing (the file is whole, and a run goes on from what is there): waiting for the disk at each commit
    /// would take about twenty times as long. Files up to 16 MiB are checked page by page on opening.
    /// </para>
    /// <para>
    /// PostgreSQL, from version 15: any number of processes on any machines. The database is there already, and its user may make tables in it.
    /// A write survives whatever the server's settings say.
    /// </para>
    /// </remarks>
    /// <param name="location">A file, or the URL of a PostgreSQL database: <c>postgres://user:password@host:port/database</c>, settings after a question mark.</param>
    /// <param name="patience">How long a write waits for another process that is writing; at least 1 ms; <see cref="RunStores.DefaultPatience"/> if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops before the store is opened.</param>
    /// <exception cref="UsageException">The location cannot be used: a folder, no right to it, of another program, refused password, written by a newer version.</exception>
    /// <exception cref="WorkFailedException">The server cannot be reached, or is starting or stopping.</exception>
    /// <exception cref="DamagedFileException">The file is damaged, or no database.</exception>
    public static async Task<NasStore> OpenAsync(string location, TimeSpan? patience = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(location);
        return PostgresLocation.IsUrl(location)
            ? new NasStore(await PostgresDatabase.OpenAsync(location, Wait(patience), cancellationToken).ConfigureAwait(false), new PostgresEvaluationWriter())
            : await OpenSqliteAsync(location, patience, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Database.DisposeAsync();

    /// <summary>Opens a SQLite file, whatever its name looks like.</summary>
    internal static async Task<NasStore> OpenSqliteAsync(string path, TimeSpan? patience, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        TimeSpan wait = Wait(patience);
        return new NasStore(await Task.Run(() => SqliteDatabase.Open(path, wait), cancellationToken).ConfigureAwait(false), new SqliteEvaluationWriter());
    }

    private static TimeSpan Wait(TimeSpan? patience)
    {
        TimeSpan wait = patience ?? RunStores.DefaultPatience;
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.FromMilliseconds(1), nameof(patience));
        return wait;
    }
}
