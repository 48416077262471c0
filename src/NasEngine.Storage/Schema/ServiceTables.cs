namespace NasEngine.Storage.Schema;

/// <summary>Version 5: who may use services of the store, and what their upkeep goes by.</summary>
/// <remarks>Of a token that was removed the id stays, so that taking tokens over from a file does not bring it back.</remarks>
internal static class ServiceTables
{
    /// <summary>Gives the script.</summary>
    public static string Create(SqlDialect sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return $"""
            CREATE TABLE tokens (
                id           {sql.Text} PRIMARY KEY,
                role         {sql.Text} NOT NULL,
                sha256       {sql.Text} NOT NULL,
                note         {sql.Text} NOT NULL,
                created_at   {sql.Text},
                last_used_at {sql.Text},
                is_removed   BIGINT NOT NULL);

            -- How many jobs a recurring one has made.
            ALTER TABLE recurring_jobs ADD COLUMN made BIGINT NOT NULL DEFAULT 0;
            {(sql == SqlDialect.Sqlite ? string.Empty : $"""

            REVOKE ALL ON tokens FROM PUBLIC;

            -- When content was last put; content of earlier versions counts as old.
            ALTER TABLE blobs ADD COLUMN kept_at {sql.Text} NOT NULL DEFAULT '';
            """)}
            """;
    }
}
