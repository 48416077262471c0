using System.Data.Common;
using Dapper;
using NasEngine.Core.Errors;

namespace NasEngine.Storage;

/// <summary>A database that the stores are kept in. Stores are written once, on this, in the SQL that SQLite and PostgreSQL share.</summary>
/// <remarks>
/// Thread-safe. Errors that a user can act on come as <see cref="NasException"/>. On SQLite, writes come one after the other; on PostgreSQL
/// they run side by side (read committed), so that a write that reads first locks what it relies on (<see cref="SqlDialect.ForUpdate"/>,
/// <see cref="SqlDialect.Lock"/>).
/// </remarks>
internal abstract class SqlDatabase : IAsyncDisposable
{
    /// <summary>Gets what is particular about this database's SQL.</summary>
    public abstract SqlDialect Dialect { get; }

    /// <summary>Gets where the database is, in words fit for a message: a path, or a URL without its password.</summary>
    public abstract string Location { get; }

    /// <summary>Reads rows with one statement; what is read is the state at one moment.</summary>
    /// <param name="sql">A query.</param>
    /// <param name="parameters">An object whose properties are the parameters, or Dapper's own; <see langword="null"/> for none.</param>
    /// <param name="map">Called once for each row, in order; no two calls at a time.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    public abstract Task<List<T>> ReadAsync<T>(string sql, object? parameters, Func<SqlRow, T> map, CancellationToken cancellationToken);

    /// <summary>Does some work in a transaction of its own; it is committed when the task completes, and not at all if it fails.</summary>
    /// <param name="work">The work; it is not interrupted once begun, and may be done again from the beginning after a collision with another writer.</param>
    /// <param name="cancellationToken">Stops the waiting for other writers.</param>
    /// <returns>What the work gave.</returns>
    public abstract Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, T> work, CancellationToken cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Action<DbConnection, DbTransaction> work, CancellationToken cancellationToken) =>
        WriteAsync(
            (connection, transaction) =>
            {
                work(connection, transaction);
                return true;
            },
            cancellationToken);

    /// <summary>Reads with several statements that all see the state at one moment; writers go on meanwhile.</summary>
    /// <param name="work">The reading.</param>
    /// <param name="cancellationToken">Stops before the work begins.</param>
    public abstract Task SnapshotAsync(Action<DbConnection, DbTransaction> work, CancellationToken cancellationToken);

    /// <summary>Executes one or several statements in a transaction of their own.</summary>
    /// <returns>The number of rows that were changed.</returns>
    public Task<int> ExecuteAsync(string sql, object? parameters, CancellationToken cancellationToken) =>
        WriteAsync<int>((connection, transaction) => connection.Execute(sql, parameters, transaction), cancellationToken);

    /// <summary>Reads the rows of a query, or of a statement with RETURNING, within a write.</summary>
    public List<T> Query<T>(DbConnection connection, DbTransaction transaction, string sql, object? parameters, Func<SqlRow, T> map) =>
        [.. Stream(connection, transaction, sql, parameters, map)];

    /// <summary>Reads the rows of a query one after the other, so that they need not fit into memory.</summary>
    public IEnumerable<T> Stream<T>(DbConnection connection, DbTransaction transaction, string sql, object? parameters, Func<SqlRow, T> map)
    {
        using DbDataReader reader = (DbDataReader)connection.ExecuteReader(sql, parameters, transaction);
        while (reader.Read())
        {
            yield return map(new SqlRow(reader, this));
        }
    }

    /// <summary>Creates the error for content that was not written by this engine, or was altered.</summary>
    public abstract DamagedFileException Damaged(string problem, Exception? inner = null);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
