using Dapper;
using Microsoft.Data.Sqlite;

namespace NasEngine.Storage.Jobs;

/// <summary>Where a scheduler keeps its tables: beside the store in a file of its own, or in the same PostgreSQL database.</summary>
/// <remarks>Two programs' writers starve each other in one SQLite file. What is in it follows from the jobs in the store, so that losing it loses nothing.</remarks>
/// <param name="ConnectionString">How to connect; may hold a password and is never to be shown.</param>
/// <param name="File">The file, or <see langword="null"/> for PostgreSQL.</param>
public sealed record ScheduleDatabase(string ConnectionString, string? File)
{
    /// <summary>Gives the place for an open store; the file is made if it is not there.</summary>
    /// <param name="store">The store.</param>
    public static ScheduleDatabase Of(NasStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (store.PostgresConnectionString is string connection)
        {
            return new ScheduleDatabase(connection, null);
        }

        string file = Path.ChangeExtension(Path.GetFullPath(store.Location), ".jobs.db");
        string text = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWriteCreate, DefaultTimeout = 30 }.ToString();
        using SqliteConnection first = new(text);
        first.Open();
        first.Execute("PRAGMA journal_mode = WAL"); // kept by the file
        return new ScheduleDatabase(text, file);
    }

    /// <inheritdoc/>
    public override string ToString() => File ?? "PostgreSQL";
}
