namespace NasEngine.Storage.Schema;

/// <summary>Version 1: spaces, runs, and all that is stored for a run.</summary>
internal static class RunTables
{
    /// <summary>Gives the script.</summary>
    /// <remarks>PostgreSQL checks a reference once for each row, which is a third of an append's time; whoever removes stages there removes their evaluations first.</remarks>
    public static string Create(SqlDialect sql) =>
        $"""
        CREATE TABLE spaces (
            space_key   {sql.Identity},
            fingerprint {sql.Text} NOT NULL,
            sha256      {sql.Text} NOT NULL,
            name        {sql.Text} NOT NULL,
            json        {sql.Text} NOT NULL,
            UNIQUE (fingerprint, sha256));

        CREATE TABLE runs (
            run_key           {sql.Identity},
            id                {sql.Text} NOT NULL UNIQUE,
            name              {sql.Text} NOT NULL,
            space_name        {sql.Text} NOT NULL,
            space_fingerprint {sql.Text} NOT NULL,
            experiment        {sql.Text} NOT NULL,
            seed              BIGINT NOT NULL,
            state             {sql.Text} NOT NULL,
            created_at        {sql.Text} NOT NULL,
            environment       {sql.Text} NOT NULL);
        CREATE INDEX runs_by_age ON runs (created_at, run_key);
        CREATE INDEX runs_by_name ON runs (name, created_at, run_key);

        CREATE TABLE steps (
            step_key    {sql.Identity},
            run_key     BIGINT NOT NULL REFERENCES runs (run_key) ON DELETE CASCADE,
            step        {sql.Text} NOT NULL,
            key         {sql.Text} NOT NULL,
            result      {sql.Text} NOT NULL,
            finished_at {sql.Text} NOT NULL,
            UNIQUE (run_key, step));

        CREATE TABLE stages (
            stage_key {sql.Identity},
            run_key   BIGINT NOT NULL REFERENCES runs (run_key) ON DELETE CASCADE,
            stage     {sql.Text} NOT NULL,
            UNIQUE (run_key, stage));

        -- Clustered by stage, so that a front reads one contiguous part of the file.
        CREATE TABLE evaluations (
            stage_key BIGINT NOT NULL{(sql == SqlDialect.Sqlite ? " REFERENCES stages (stage_key) ON DELETE CASCADE" : string.Empty)},
            sequence  BIGINT NOT NULL,
            genotype  {sql.Text} NOT NULL,
            metrics   {sql.Text} NOT NULL,
            PRIMARY KEY (stage_key, sequence),
            UNIQUE (stage_key, genotype)) {sql.Clustered};

        CREATE TABLE measurements (
            measurement_key {sql.Identity},
            run_id          {sql.Text} NOT NULL,
            key             {sql.Text} NOT NULL,
            device          {sql.Text} NOT NULL,
            fingerprint     {sql.Text} NOT NULL,
            median_ms       DOUBLE PRECISION,
            low_ms          DOUBLE PRECISION,
            high_ms         DOUBLE PRECISION,
            document        {sql.Text} NOT NULL,
            measured_at     {sql.Text} NOT NULL);
        CREATE INDEX measurements_by_run ON measurements (run_id, device, measurement_key);

        CREATE TABLE predictors (
            run_key BIGINT NOT NULL REFERENCES runs (run_key) ON DELETE CASCADE,
            target  {sql.Text} NOT NULL,
            kind    {sql.Text} NOT NULL,
            key     {sql.Text} NOT NULL,
            model   {sql.Text} NOT NULL,
            quality {sql.Text} NOT NULL,
            PRIMARY KEY (run_key, target));

        CREATE TABLE artefacts (
            run_key BIGINT NOT NULL REFERENCES runs (run_key) ON DELETE CASCADE,
            name    {sql.Text} NOT NULL,
            kind    {sql.Text} NOT NULL,
            path    {sql.Text} NOT NULL,
            sha256  {sql.Text} NOT NULL,
            bytes   BIGINT NOT NULL,
            details {sql.Text} NOT NULL,
            PRIMARY KEY (run_key, name));
        """;
}
