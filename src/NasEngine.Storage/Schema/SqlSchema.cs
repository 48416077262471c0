namespace NasEngine.Storage.Schema;

/// <summary>The tables, and how an older store gets them.</summary>
/// <remarks>
/// Instants are ISO 8601 text in UTC with seven decimals, so that they sort as text. Columns that hold JSON hold one whole document as text,
/// whole numbers are BIGINT, flags are BIGINT 0 or 1. Measurements name their run without referring to it: they outlive it.
/// </remarks>
internal static class SqlSchema
{
    /// <summary>The statements that make the table of the schema's version.</summary>
    public const string CreateVersion = "CREATE TABLE store_schema (version INTEGER NOT NULL); INSERT INTO store_schema (version) VALUES (0);";

    /// <summary>The script at index n brings a store from version n to version n + 1. A script that was released is never changed.</summary>
    private static readonly Func<SqlDialect, string>[] Migrations =
        [RunTables.Create, JobTables.Create, DeviceTables.Create, BlobTables.Create, ServiceTables.Create, NoteTables.Create, TrainingTables.Create];

    /// <summary>Gets the version that this program writes.</summary>
    public static int Version => Migrations.Length;

    /// <summary>Gives the scripts that a store of a version has yet to go through, in order.</summary>
    public static IEnumerable<string> ScriptsAfter(int version, SqlDialect dialect) =>
        Migrations.Skip(version).Select(script => script(dialect)).Where(script => script.Length > 0);
}
