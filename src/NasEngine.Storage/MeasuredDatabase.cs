using System.Data.Common;
using System.Diagnostics.Metrics;
using NasEngine.Core.Errors;

namespace NasEngine.Storage;

/// <summary>A database that tells whoever listens how long its reads and writes take: the meter <c>NasEngine.Storage</c>.</summary>
internal sealed class MeasuredDatabase(SqlDatabase database, TimeProvider time) : SqlDatabase
{
    private static readonly Meter Meter = new("NasEngine.Storage");
    private static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>("nas.store.duration", "s", "How long reads and writes of the store take, waiting for other writers included.");

    /// <inheritdoc/>
    public override SqlDialect Dialect => database.Dialect;

    /// <inheritdoc/>
    public override string Location => database.Location;

    /// <inheritdoc/>
    public override async Task<List<T>> ReadAsync<T>(string sql, object? parameters, Func<SqlRow, T> map, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        List<T> rows = await database.ReadAsync(sql, parameters, map, cancellationToken).ConfigureAwait(false);
        Note("read", started);
        return rows;
    }

    /// <inheritdoc/>
    public override async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, T> work, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        T result = await database.WriteAsync(work, cancellationToken).ConfigureAwait(false);
        Note("write", started);
        return result;
    }

    /// <inheritdoc/>
    public override Task SnapshotAsync(Action<DbConnection, DbTransaction> work, CancellationToken cancellationToken) => database.SnapshotAsync(work, cancellationToken);

    /// <inheritdoc/>
    public override DamagedFileException Damaged(string problem, Exception? inner = null) => database.Damaged(problem, inner);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => database.DisposeAsync();

    private void Note(string operation, long started)
    {
        if (Seconds.Enabled)
        {
            Seconds.Record(time.GetElapsedTime(started).TotalSeconds, KeyValuePair.Create("operation", (object?)operation), KeyValuePair.Create("store", (object?)Dialect.Name));
        }
    }
}
