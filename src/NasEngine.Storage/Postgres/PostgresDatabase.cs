using System.Data;
using System.Data.Common;
using Dapper;
using NasEngine.Core.Errors;
using Npgsql;

namespace NasEngine.Storage.Postgres;

/// <summary>A PostgreSQL database, reached through a pool of connections.</summary>
/// <remarks>
/// Thread-safe. Writes run side by side at read committed; a write that collided with another one (a deadlock) is done again, and so is
/// what met a connection that the server had ended.
/// </remarks>
internal sealed class PostgresDatabase : SqlDatabase
{
    private const int MaxAttempts = 5;

    private readonly NpgsqlDataSource _source;
    private volatile bool _disposed;

    private PostgresDatabase(NpgsqlDataSource source, string connectionString, string location)
    {
        _source = source;
        ConnectionString = connectionString;
        Location = location;
    }

    /// <inheritdoc/>
    public override SqlDialect Dialect => SqlDialect.Postgres;

    /// <inheritdoc/>
    public override string Location { get; }

    /// <summary>Gets what a connection is opened with, the password included: never to be shown.</summary>
    public string ConnectionString { get; }

    /// <summary>Connects, and brings the schema up to date.</summary>
    public static async Task<PostgresDatabase> OpenAsync(PostgresLocation place, TimeSpan patience, CancellationToken cancellationToken)
    {
        NpgsqlConnectionStringBuilder settings = new(place.Settings.ConnectionString);
        settings.Options = FormattableString.Invariant($"{settings.Options} -c lock_timeout={(long)patience.TotalMilliseconds}").Trim();
        string location = place.ToString();
        string connectionString = settings.ConnectionString;
        NpgsqlDataSource? source = NpgsqlDataSource.Create(connectionString);
        try
        {
            await PostgresMigration.MigrateAsync(source, location, cancellationToken).ConfigureAwait(false);
            PostgresDatabase opened = new(source, connectionString, location);
            source = null;
            return opened;
        }
        catch (NpgsqlException problem)
        {
            throw PostgresErrors.Translate(problem, location);
        }
        finally
        {
            if (source is not null)
            {
                await source.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public override async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, T> work, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            T? result = default;
            bool committing = false;
            NpgsqlException? problem = await TryAsync(() => result = Write(work, out committing), cancellationToken).ConfigureAwait(false);
            if (problem is null)
            {
                return result!;
            }

            if (attempt == MaxAttempts || !MayRepeat(problem, committing))
            {
                throw PostgresErrors.Translate(problem, Location);
            }
        }
    }

    /// <inheritdoc/>
    public override async Task<List<T>> ReadAsync<T>(string sql, object? parameters, Func<SqlRow, T> map, CancellationToken cancellationToken)
    {
        CommandDefinition command = new(sql, parameters, cancellationToken: cancellationToken);
        for (int attempt = 1; ; attempt++)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            List<T> rows = [];
            try
            {
                await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                await using DbDataReader reader = await connection.ExecuteReaderAsync(command).ConfigureAwait(false);
                SqlRow row = new(reader, this);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    rows.Add(map(row));
                }

                return rows;
            }
            catch (NpgsqlException problem)
            {
                if (attempt == MaxAttempts || rows.Count > 0 || !MayRepeat(problem, committing: false))
                {
                    throw PostgresErrors.Translate(problem, Location);
                }
            }
        }
    }

    /// <inheritdoc/>
    public override async Task SnapshotAsync(Action<DbConnection, DbTransaction> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        NpgsqlException? problem = await TryAsync(
            () =>
            {
                using NpgsqlConnection connection = _source.OpenConnection();
                using NpgsqlTransaction transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
                work(connection, transaction);
            },
            cancellationToken).ConfigureAwait(false);
        if (problem is not null)
        {
            throw PostgresErrors.Translate(problem, Location);
        }
    }

    /// <inheritdoc/>
    public override DamagedFileException Damaged(string problem, Exception? inner = null) => PostgresErrors.Damaged(Location, problem, inner);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _disposed = true;
        return _source.DisposeAsync();
    }

    // A thread of its own: waiting for the server would hold up the pool's few threads, and with them the other writers.
    private static Task<NpgsqlException?> TryAsync(Action action, CancellationToken cancellationToken) => Task.Factory.StartNew(
        () =>
        {
            try
            {
                action();
                return null;
            }
            catch (NpgsqlException problem)
            {
                return problem;
            }
        },
        cancellationToken, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    // What a commit that was cut off did is not known, so it is not repeated.
    private bool MayRepeat(NpgsqlException problem, bool committing)
    {
        if (!committing && PostgresErrors.IsDeadConnection(problem))
        {
            _source.Clear(); // the others are as dead
            return true;
        }

        return PostgresErrors.IsCollision(problem);
    }

    private T Write<T>(Func<DbConnection, DbTransaction, T> work, out bool committing)
    {
        committing = false;
        using NpgsqlConnection connection = _source.OpenConnection();
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        T result = work(connection, transaction);
        committing = true;
        transaction.Commit();
        return result;
    }
}
