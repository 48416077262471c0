using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using NasEngine.Core.Errors;
using NasEngine.Storage.Schema;

namespace NasEngine.Storage.Sqlite;

/// <summary>The connections to one file: one that writes, one caller at a time, and as many that read as are reading at once.</summary>
/// <remarks>
/// Thread-safe. SQLite's calls block, so they run on the thread pool. Two writers starve each other, so callers queue here
/// and only other processes meet at the file's lock, where SQLite's busy handler waits up to a limit.
/// </remarks>
internal sealed class SqliteDatabase : SqlDatabase
{
    /// <summary>The largest file that is checked page by page on opening: about 25 ms for this size, and growing with it.</summary>
    private const long MaxCheckedBytes = 16 * 1024 * 1024;

    private readonly string _connectionString;
    private readonly TimeSpan _patience;
    private readonly SqliteConnection _writer;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentBag<SqliteConnection> _idleReaders = [];
    private volatile bool _disposed;

    private SqliteDatabase(string path, string connectionString, TimeSpan patience, SqliteConnection writer)
    {
        Location = path;
        _connectionString = connectionString;
        _patience = patience;
        _writer = writer;
    }

    /// <inheritdoc/>
    public override SqlDialect Dialect => SqlDialect.Sqlite;

    /// <summary>Gets the file as it was given.</summary>
    public override string Location { get; }

    /// <summary>Opens a file, checks it, and brings its schema up to date. Blocks.</summary>
    public static SqliteDatabase Open(string path, TimeSpan patience)
    {
        long length = SqliteFileCheck.Prepare(path);
        string connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.GetFullPath(path),
            Mode = SqliteOpenMode.ReadWriteCreate,
            ForeignKeys = true,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)patience.TotalSeconds),
        }.ToString();
        SqliteConnection? writer = null;
        try
        {
            writer = Connect(connectionString, patience);
            if (length is > 0 and <= MaxCheckedBytes && writer.ExecuteScalar<string>("PRAGMA quick_check(1)") is string found && found != "ok")
            {
                throw SqliteErrors.Damaged(path, $"the database is damaged ({found.ReplaceLineEndings(" ")}).");
            }

            SqliteMigration.ReadVersion(writer, path); // a file that is refused is left as it was
            writer.Execute("PRAGMA journal_mode = WAL");
            SqliteMigration.Migrate(writer, path);
            SqliteDatabase opened = new(path, connectionString, patience, writer);
            writer = null;
            return opened;
        }
        catch (SqliteException problem)
        {
            throw SqliteErrors.Translate(problem, path);
        }
        finally
        {
            writer?.Dispose();
        }
    }

    /// <inheritdoc/>
    public override async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, T> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return await Task.Run(() => Write(work), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public override Task<List<T>> ReadAsync<T>(string sql, object? parameters, Func<SqlRow, T> map, CancellationToken cancellationToken) =>
        Task.Run(() => Read(sql, parameters, map, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override Task SnapshotAsync(Action<DbConnection, DbTransaction> work, CancellationToken cancellationToken) => Task.Run(
        () => UseReader(connection =>
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
            work(connection, transaction);
        }),
        cancellationToken);

    /// <inheritdoc/>
    public override DamagedFileException Damaged(string problem, Exception? inner = null) => SqliteErrors.Damaged(Location, problem, inner);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            _disposed = true;
            DropIdleReaders();
            _writer.Dispose();
        }
        finally
        {
            _writing.Release();
        }
    }

    private static SqliteConnection Connect(string connectionString, TimeSpan patience)
    {
        SqliteConnection connection = new(connectionString);
        try
        {
            connection.Open();
            connection.Execute(FormattableString.Invariant($"PRAGMA busy_timeout = {(int)patience.TotalMilliseconds}; PRAGMA synchronous = NORMAL;"));
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    private T Write<T>(Func<DbConnection, DbTransaction, T> work)
    {
        try
        {
            using SqliteTransaction transaction = _writer.BeginTransaction(deferred: false);
            T result = work(_writer, transaction);
            transaction.Commit();
            return result;
        }
        catch (SqliteException problem)
        {
            throw SqliteErrors.Translate(problem, Location);
        }
    }

    private List<T> Read<T>(string sql, object? parameters, Func<SqlRow, T> map, CancellationToken cancellationToken)
    {
        List<T> rows = [];
        UseReader(connection =>
        {
            using DbDataReader reader = (DbDataReader)connection.ExecuteReader(sql, parameters);
            SqlRow row = new(reader, this);
            while (reader.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                rows.Add(map(row));
            }
        });
        return rows;
    }

    private void UseReader(Action<SqliteConnection> use)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SqliteConnection? connection = null;
        try
        {
            connection = _idleReaders.TryTake(out SqliteConnection? idle) ? idle : Connect(_connectionString, _patience);
            use(connection);
        }
        catch (SqliteException problem)
        {
            throw SqliteErrors.Translate(problem, Location);
        }
        finally
        {
            if (connection is not null)
            {
                _idleReaders.Add(connection);
            }

            if (_disposed)
            {
                DropIdleReaders();
            }
        }
    }

    private void DropIdleReaders()
    {
        while (_idleReaders.TryTake(out SqliteConnection? reader))
        {
            reader.Dispose();
        }
    }
}
