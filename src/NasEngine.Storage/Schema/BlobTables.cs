namespace NasEngine.Storage.Schema;

/// <summary>Version 4: the content of files. SQLite's lie in a folder beside the database.</summary>
internal static class BlobTables
{
    /// <summary>Gives the script.</summary>
    public static string Create(SqlDialect sql) => sql == SqlDialect.Sqlite
        ? string.Empty
        : $"""
        CREATE TABLE blobs (
            sha256 {sql.Text} PRIMARY KEY,
            bytes  BIGINT NOT NULL);

        CREATE TABLE blob_pieces (
            sha256  {sql.Text} NOT NULL REFERENCES blobs (sha256) ON DELETE CASCADE,
            place   BIGINT NOT NULL,
            content {sql.Bytes} NOT NULL,
            PRIMARY KEY (sha256, place));

        -- Weights do not compress.
        ALTER TABLE blob_pieces ALTER COLUMN content SET STORAGE EXTERNAL;
        """;
}
