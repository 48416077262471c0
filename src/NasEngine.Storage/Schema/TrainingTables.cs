namespace NasEngine.Storage.Schema;

/// <summary>Version 7: training curves while they grow, and the step that a run is to stop after.</summary>
internal static class TrainingTables
{
    /// <summary>Gives the script.</summary>
    public static string Create(SqlDialect sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return $"""
            CREATE TABLE training_points (
                run_key  BIGINT NOT NULL REFERENCES runs (run_key) ON DELETE CASCADE,
                step     BIGINT NOT NULL,
                key      {sql.Text} NOT NULL,
                document {sql.Text} NOT NULL,
                PRIMARY KEY (run_key, step)) {sql.Clustered};

            ALTER TABLE runs ADD COLUMN until_step {sql.Text};
            """;
    }
}
