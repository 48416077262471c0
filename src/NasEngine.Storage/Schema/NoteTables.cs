namespace NasEngine.Storage.Schema;

/// <summary>Version 6: notes on runs, queues that are paused, and changes of jobs by time.</summary>
internal static class NoteTables
{
    /// <summary>Gives the script.</summary>
    /// <remarks>Databases fold letters outside of ASCII each in its own way, or not at all: the text to search in is written in lower case beside the note.</remarks>
    public static string Create(SqlDialect sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return $"""
            CREATE TABLE run_notes (
                run_key    BIGINT PRIMARY KEY REFERENCES runs (run_key) ON DELETE CASCADE,
                text       {sql.Text} NOT NULL,
                folded     {sql.Text} NOT NULL,
                version    BIGINT NOT NULL,
                changed_at {sql.Text} NOT NULL);

            CREATE TABLE paused_queues (
                queue     {sql.Text} PRIMARY KEY,
                paused_at {sql.Text} NOT NULL);

            CREATE INDEX job_changes_by_time ON job_changes (at);
            """;
    }
}
