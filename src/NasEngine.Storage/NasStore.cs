using NasEngine.Core.Access;
using NasEngine.Core.Artefacts;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Core.Runs;
using NasEngine.Storage.Access;
using NasEngine.Storage.Blobs;
using NasEngine.Storage.Jobs;
using NasEngine.Storage.Postgres;
using NasEngine.Storage.Runs;
using NasEngine.Storage.Sqlite;
using NasEngine.Storage.Transfer;

namespace NasEngine.Storage;

/// <summary>An open database with all that is kept in it.</summary>
/// <remarks>Thread-safe. Whoever opened it disposes it, once nothing uses its parts any more.</remarks>
public sealed class NasStore : IAsyncDisposable
{
    private readonly EvaluationWriter _evaluationWriter;

    private NasStore(SqlDatabase opened, EvaluationWriter evaluationWriter, IBlobStore blobs)
    {
        PostgresConnectionString = (opened as PostgresDatabase)?.ConnectionString;
        SqlDatabase database = Database = new MeasuredDatabase(opened, TimeProvider.System);
        Blobs = blobs;
        _evaluationWriter = evaluationWriter;
        Runs = new SqlRunStore(database, evaluationWriter);
        Queries = new SqlRunQueries(database);
        Tokens = new SqlTokenStore(database, PostgresConnectionString is null ? opened.Location : null);
    }

    /// <summary>Gets the runs.</summary>
    public IRunStore Runs { get; }

    /// <summary>Gets the content of files: for SQLite in the folder <c>blobs</c> beside the database, for PostgreSQL in the database or in the folder that its URL names.</summary>
    public IBlobStore Blobs { get; }

    /// <summary>Gets what answers questions over many runs.</summary>
    public IRunQueries Queries { get; }

    /// <summary>Gets who may use services of this store. Exporting leaves it out.</summary>
    public ITokenStore Tokens { get; }

    /// <summary>Gets where the database is, in words fit for a message: a path, or a URL without its password.</summary>
    public string Location => Database.Location;

    /// <summary>Gets the kind of database: <c>sqlite</c> or <c>postgres</c>.</summary>
    public string Kind => Database.Dialect.Name;

    /// <summary>Gets Npgsql's connection string if the database is PostgreSQL, otherwise <see langword="null"/>. It holds the password and is never to be shown.</summary>
    public string? PostgresConnectionString { get; }

    /// <summary>Counts what is stored. Takes time in proportion to the number of evaluations: about a second for ten million.</summary>
    public async Task<StoreSummary> SummarizeAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Blob> files = await Blobs.ListAsync(cancellationToken).ConfigureAwait(false);
        List<StoreSummary> found = await Database.ReadAsync(
            """
            SELECT (SELECT version FROM store_schema), (SELECT COUNT(*) FROM spaces), (SELECT COUNT(*) FROM runs), (SELECT COUNT(*) FROM evaluations),
                (SELECT COUNT(*) FROM measurements), (SELECT COUNT(*) FROM predictors), (SELECT COUNT(*) FROM artefacts)
            """,
            null,
            row => new StoreSummary(
                Kind, Location, (int)row.Whole(0), row.Whole(1), row.Whole(2), row.Whole(3), row.Whole(4), row.Whole(5), row.Whole(6), files.Count, files.Sum(file => file.Bytes)),
            cancellationToken).ConfigureAwait(false);
        return found[0];
    }

    /// <summary>Writes all runs, spaces and measurements and the content of all files to one file, as they are at one moment; jobs, attached devices and tokens belong to a service and stay.</summary>
    /// <remarks>Lines of JSON, compressed with gzip; nothing in them depends on the kind of database. Memory does not grow with the store.</remarks>
    /// <param name="path">The file; it appears whole, in place of one that may be there.</param>
    /// <param name="cancellationToken">Stops the work; no file appears then.</param>
    /// <returns>How many things were written.</returns>
    /// <exception cref="NasException">The file cannot be written, or the store is damaged.</exception>
    public Task<long> ExportAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new StoreExport(Database, Blobs).WriteAsync(path, cancellationToken);
    }

    /// <summary>Adds what another store exported. What is here already stays as it is, so that importing again changes nothing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops the work; nothing is added then but the content of some files.</param>
    /// <returns>How many things the file holds.</returns>
    /// <exception cref="UsageException">It cannot be read, or was written by a newer version.</exception>
    /// <exception cref="DamagedFileException">It is no exported store, or damaged; nothing was added.</exception>
    public Task<long> ImportAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new StoreImport(Database, _evaluationWriter, Blobs).ReadAsync(path, cancellationToken);
    }

    /// <summary>Gives the background jobs.</summary>
    /// <param name="time">The clock that changes are stamped with.</param>
    public JobStores Jobs(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new JobStores(new SqlJobStore(Database, time), new SqlJobLog(Database), new SqlWorkerStore(Database), new SqlRecurringJobStore(Database), new SqlQueueStore(Database, time));
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
    /// <param name="location">A file, or the URL of a PostgreSQL database: <c>postgres://user:password@host:port/database</c>, settings after a question mark, of which <c>blob_folder</c> is a folder that all machines share, for the content of files.</param>
    /// <param name="patience">How long a write waits for another process that is writing; at least 1 ms; <see cref="RunStores.DefaultPatience"/> if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops before the store is opened.</param>
    /// <exception cref="UsageException">The location cannot be used: a folder, no right to it, of another program, refused password, written by a newer version.</exception>
    /// <exception cref="WorkFailedException">The server cannot be reached, or is starting or stopping.</exception>
    /// <exception cref="DamagedFileException">The file is damaged, or no database.</exception>
    public static async Task<NasStore> OpenAsync(string location, TimeSpan? patience = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(location);
        if (!PostgresLocation.IsUrl(location))
        {
            return await OpenSqliteAsync(location, patience, cancellationToken).ConfigureAwait(false);
        }

        TimeSpan wait = Wait(patience);
        PostgresLocation place = PostgresLocation.Parse(location);
        PostgresDatabase database = await PostgresDatabase.OpenAsync(place, wait, cancellationToken).ConfigureAwait(false);
        return new NasStore(database, new PostgresEvaluationWriter(), place.BlobFolder is string folder ? new FolderBlobStore(folder, TimeProvider.System) : new SqlBlobStore(database, TimeProvider.System));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Database.DisposeAsync();

    /// <summary>Opens a SQLite file, whatever its name looks like.</summary>
    internal static async Task<NasStore> OpenSqliteAsync(string path, TimeSpan? patience, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        TimeSpan wait = Wait(patience);
        SqliteDatabase database = await Task.Run(() => SqliteDatabase.Open(path, wait), cancellationToken).ConfigureAwait(false);
        return new NasStore(database, new SqliteEvaluationWriter(), new FolderBlobStore(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "blobs"), TimeProvider.System));
    }

    private static TimeSpan Wait(TimeSpan? patience)
    {
        TimeSpan wait = patience ?? RunStores.DefaultPatience;
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.FromMilliseconds(1), nameof(patience));
        return wait;
    }
}
