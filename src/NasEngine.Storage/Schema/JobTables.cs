namespace NasEngine.Storage.Schema;

/// <summary>Version 2: background jobs.</summary>
/// <remarks>Jobs name their run without referring to it: a run that is started afresh keeps its jobs' history.</remarks>
internal static class JobTables
{
    /// <summary>Gives the script.</summary>
    public static string Create(SqlDialect sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return $"""
            CREATE TABLE jobs (
                id               {sql.Text} PRIMARY KEY,
                kind             {sql.Text} NOT NULL,
                title            {sql.Text} NOT NULL,
                queue            {sql.Text} NOT NULL,
                state            {sql.Text} NOT NULL,
                priority         BIGINT NOT NULL,
                run_id           {sql.Text},
                payload          {sql.Text} NOT NULL,
                key              {sql.Text},
                attempt          BIGINT NOT NULL,
                max_attempts     BIGINT NOT NULL,
                interruptions    BIGINT NOT NULL,
                created_at       {sql.Text} NOT NULL,
                due_at           {sql.Text},
                started_at       {sql.Text},
                finished_at      {sql.Text},
                worker           {sql.Text},
                execution        {sql.Text},
                error            {sql.Text},
                result           {sql.Text},
                cancel_requested BIGINT NOT NULL,
                revision         BIGINT NOT NULL,
                planned          BIGINT NOT NULL,
                open_after       BIGINT NOT NULL);
            CREATE UNIQUE INDEX jobs_by_key ON jobs (key) WHERE key IS NOT NULL AND state IN ('Awaiting', 'Scheduled', 'Enqueued', 'Processing');
            CREATE INDEX jobs_by_state ON jobs (state, id);
            CREATE INDEX jobs_by_run ON jobs (run_id, id);
            CREATE INDEX jobs_by_kind ON jobs (kind, id);
            CREATE INDEX jobs_by_queue ON jobs (queue, id);
            CREATE INDEX jobs_by_end ON jobs (finished_at);
            CREATE INDEX jobs_by_worker ON jobs (worker) WHERE state = 'Processing';
            CREATE INDEX jobs_unplanned ON jobs (priority, id) WHERE planned = 0 AND state IN ('Scheduled', 'Enqueued');

            CREATE TABLE job_after (
                job_id   {sql.Text} NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
                after_id {sql.Text} NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
                is_open  BIGINT NOT NULL,
                PRIMARY KEY (job_id, after_id));
            CREATE INDEX job_after_by_cause ON job_after (after_id);

            CREATE TABLE job_changes (
                change_key {sql.Identity},
                job_id     {sql.Text} NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
                run_id     {sql.Text},
                state      {sql.Text} NOT NULL,
                at         {sql.Text} NOT NULL,
                worker     {sql.Text},
                note       {sql.Text});
            CREATE INDEX job_changes_by_job ON job_changes (job_id, change_key);

            CREATE TABLE job_console (
                job_id {sql.Text} NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
                number BIGINT NOT NULL,
                at     {sql.Text} NOT NULL,
                line   {sql.Text} NOT NULL,
                PRIMARY KEY (job_id, number)) {sql.Clustered};

            CREATE TABLE job_progress (
                job_id {sql.Text} NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
                number BIGINT NOT NULL,
                title  {sql.Text} NOT NULL,
                done   BIGINT NOT NULL,
                total  BIGINT NOT NULL,
                unit   {sql.Text} NOT NULL,
                note   {sql.Text},
                PRIMARY KEY (job_id, number));

            CREATE TABLE job_hours (
                hour      {sql.Text} PRIMARY KEY,
                succeeded BIGINT NOT NULL,
                failed    BIGINT NOT NULL);

            CREATE TABLE workers (
                id           {sql.Text} PRIMARY KEY,
                name         {sql.Text} NOT NULL,
                host         {sql.Text} NOT NULL,
                pid          BIGINT NOT NULL,
                started_at   {sql.Text} NOT NULL,
                last_seen    {sql.Text} NOT NULL,
                beat         BIGINT NOT NULL,
                queues       {sql.Text} NOT NULL,
                devices      {sql.Text} NOT NULL,
                capabilities {sql.Text} NOT NULL);

            CREATE TABLE recurring_jobs (
                id        {sql.Text} PRIMARY KEY,
                title     {sql.Text} NOT NULL,
                kind      {sql.Text} NOT NULL,
                payload   {sql.Text} NOT NULL,
                cron      {sql.Text} NOT NULL,
                time_zone {sql.Text} NOT NULL,
                enabled   BIGINT NOT NULL,
                version   BIGINT NOT NULL,
                last_at   {sql.Text},
                last_job  {sql.Text},
                next_at   {sql.Text});

            CREATE TABLE run_budgets (
                run_id      {sql.Text} PRIMARY KEY,
                evaluations BIGINT,
                verify      BIGINT);

            CREATE TABLE device_drift (
                drift_key   {sql.Identity},
                device      {sql.Text} NOT NULL,
                fingerprint {sql.Text} NOT NULL,
                run_id      {sql.Text} NOT NULL,
                job_id      {sql.Text} NOT NULL,
                at          {sql.Text} NOT NULL,
                networks    BIGINT NOT NULL,
                drift       DOUBLE PRECISION NOT NULL,
                spread      DOUBLE PRECISION NOT NULL);
            CREATE INDEX device_drift_by_device ON device_drift (device, drift_key);
            """;
    }
}
