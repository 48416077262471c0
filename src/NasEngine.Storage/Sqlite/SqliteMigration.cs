using Dapper;
using Microsoft.Data.Sqlite;
using NasEngine.Core.Errors;
using NasEngine.Storage.Schema;

namespace NasEngine.Storage.Sqlite;

/// <summary>Brings a file's schema up to date.</summary>
internal static class SqliteMigration
{
    /// <summary>Brings a file up to <see cref="SqlSchema.Version"/>, a new one from nothing; all in one transaction.</summary>
    public static void Migrate(SqliteConnection connection, string path)
    {
        if (ReadVersion(connection, path) == SqlSchema.Version)
        {
            return;
        }

        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        int found = ReadVersion(connection, path); // another process may have been quicker
        if (found == 0)
        {
            connection.Execute(SqlSchema.CreateVersion, transaction: transaction);
        }

        foreach (string script in SqlSchema.ScriptsAfter(found, SqlDialect.Sqlite))
        {
            connection.Execute(script, transaction: transaction);
        }

        connection.Execute("UPDATE store_schema SET version = @Version", new { SqlSchema.Version }, transaction);
        transaction.Commit();
    }

    /// <summary>Reads a file's version; 0 if it has no tables yet.</summary>
    /// <exception cref="UsageException">It belongs to another program, or to a newer version of this one.</exception>
    /// <exception cref="DamagedFileException">It holds no version.</exception>
    public static int ReadVersion(SqliteConnection connection, string path)
    {
        // In one statement: another process may make the tables between two.
        (long all, long own) = connection.QuerySingle<(long, long)>("SELECT COUNT(*), COUNT(CASE WHEN type = 'table' AND name = 'store_schema' THEN 1 END) FROM sqlite_schema");
        if (own == 0)
        {
            return all == 0
                ? 0
                : throw new UsageException($"{path} is a database of another program. Give another file as the store.");
        }

        if (connection.ExecuteScalar("SELECT version FROM store_schema") is not long version || version < 1)
        {
            throw SqliteErrors.Damaged(path, "its table store_schema holds no version.");
        }

        return version <= SqlSchema.Version
            ? (int)version
            : throw new UsageException(FormattableString.Invariant(
                $"{path} was written by a newer version: its schema is {version}, this version knows up to {SqlSchema.Version}. Update, or give another file as the store."));
    }
}
