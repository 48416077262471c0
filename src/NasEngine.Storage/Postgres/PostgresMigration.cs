using NasEngine.Core.Errors;
using NasEngine.Storage.Schema;
using Npgsql;

namespace NasEngine.Storage.Postgres;

/// <summary>Brings a database's schema up to date. Tables of others in the same database are none of its business.</summary>
internal static class PostgresMigration
{
    private const string Lock = "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.store_schema', 0))";

    /// <summary>Brings the tables up to <see cref="SqlSchema.Version"/>, from nothing if there are none; all in one transaction.</summary>
    /// <exception cref="UsageException">They were written by a newer version, or the user may make no tables.</exception>
    public static async Task MigrateAsync(NpgsqlDataSource source, string location, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        if (await ReadVersionAsync(connection, location, cancellationToken).ConfigureAwait(false) == SqlSchema.Version)
        {
            return;
        }

        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, Lock, cancellationToken).ConfigureAwait(false);
        int found = await ReadVersionAsync(connection, location, cancellationToken).ConfigureAwait(false); // another process may have been quicker
        if (found == 0)
        {
            await ExecuteAsync(connection, SqlSchema.CreateVersion, cancellationToken).ConfigureAwait(false);
        }

        foreach (string script in SqlSchema.ScriptsAfter(found, SqlDialect.Postgres))
        {
            await ExecuteAsync(connection, script, cancellationToken).ConfigureAwait(false);
        }

        await ExecuteAsync(connection, FormattableString.Invariant($"UPDATE store_schema SET version = {SqlSchema.Version}"), cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> ReadVersionAsync(NpgsqlConnection connection, string location, CancellationToken cancellationToken)
    {
        if (await ScalarAsync(connection, "SELECT current_schema()", cancellationToken).ConfigureAwait(false) is not string)
        {
            throw new UsageException($"{location} has no schema to keep tables in. Create the one that search_path names.");
        }

        // The catalogue is read as a table: a look-up by name may still answer from before the lock was waited for.
        if (await ScalarAsync(connection, "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'store_schema'", cancellationToken).ConfigureAwait(false) is not string)
        {
            return 0;
        }

        if (await ScalarAsync(connection, "SELECT version FROM store_schema", cancellationToken).ConfigureAwait(false) is not int version || version < 1)
        {
            throw PostgresErrors.Damaged(location, "its table store_schema holds no version.");
        }

        return version <= SqlSchema.Version
            ? version
            : throw new UsageException(FormattableString.Invariant(
                $"{location} was written by a newer version: its schema is {version}, this version knows up to {SqlSchema.Version}. Update, or give another database as the store."));
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = Command(connection, sql);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = Command(connection, sql);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

#pragma warning disable CA2100 // every statement here is fixed
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection);
#pragma warning restore CA2100
}
