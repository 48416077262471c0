namespace NasEngine.Storage.Schema;

/// <summary>Version 3: devices.</summary>
internal static class DeviceTables
{
    /// <summary>Gives the script.</summary>
    public static string Create(SqlDialect sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return $"""
            CREATE TABLE devices (
                device_key     {sql.Identity},
                name           {sql.Text} NOT NULL UNIQUE,
                kind           {sql.Text} NOT NULL,
                form           {sql.Text} NOT NULL,
                instance       {sql.Text} NOT NULL,
                started_at     {sql.Text} NOT NULL,
                fingerprint_id {sql.Text} NOT NULL,
                fingerprint    {sql.Text} NOT NULL,
                session        {sql.Text} NOT NULL UNIQUE,
                is_gone        BIGINT NOT NULL,
                is_removed     BIGINT NOT NULL,
                attached_at    {sql.Text} NOT NULL,
                last_seen      {sql.Text} NOT NULL,
                first_canary   DOUBLE PRECISION,
                last_canary    DOUBLE PRECISION);

            CREATE TABLE device_measurements (
                measurement_key {sql.Identity},
                device_key      BIGINT NOT NULL REFERENCES devices (device_key) ON DELETE CASCADE,
                key             {sql.Text} NOT NULL,
                median_ns       DOUBLE PRECISION NOT NULL,
                low_ns          DOUBLE PRECISION NOT NULL,
                high_ns         DOUBLE PRECISION NOT NULL,
                canary_ns       DOUBLE PRECISION NOT NULL,
                measured_at     {sql.Text} NOT NULL);
            CREATE INDEX device_measurements_by_device ON device_measurements (device_key, measurement_key);

            -- 'failures' and 'losses' count in a row, since the last result. The results below 'fetched' have reached who asked.
            CREATE TABLE device_batches (
                batch_key      {sql.Identity},
                id             {sql.Text} NOT NULL UNIQUE,
                device_key     BIGINT NOT NULL REFERENCES devices (device_key) ON DELETE CASCADE,
                fingerprint_id {sql.Text} NOT NULL,
                kind           {sql.Text} NOT NULL,
                options        {sql.Text} NOT NULL,
                state          {sql.Text} NOT NULL,
                results        BIGINT NOT NULL,
                fetched        BIGINT NOT NULL,
                failures       BIGINT NOT NULL,
                losses         BIGINT NOT NULL,
                failure        {sql.Text},
                asked_at       {sql.Text} NOT NULL);
            CREATE INDEX device_batches_by_device ON device_batches (device_key, state, batch_key);

            CREATE TABLE device_items (
                item_key      {sql.Identity},
                batch_key     BIGINT NOT NULL REFERENCES device_batches (batch_key) ON DELETE CASCADE,
                key           {sql.Text} NOT NULL,
                shape         {sql.Text} NOT NULL,
                model_sha256  {sql.Text} NOT NULL,
                inputs_sha256 {sql.Text},
                result        {sql.Text},
                lease         {sql.Text},
                sequence      BIGINT,
                arrived_at    {sql.Text},
                refusal       {sql.Text},
                UNIQUE (batch_key, key));
            CREATE INDEX device_items_by_model ON device_items (model_sha256);
            CREATE INDEX device_items_by_inputs ON device_items (inputs_sha256);

            CREATE TABLE device_leases (
                lease_key  {sql.Identity},
                id         {sql.Text} NOT NULL UNIQUE,
                batch_key  BIGINT NOT NULL REFERENCES device_batches (batch_key) ON DELETE CASCADE,
                session    {sql.Text} NOT NULL,
                state      {sql.Text} NOT NULL,
                expires_at {sql.Text} NOT NULL,
                summary    {sql.Text});
            CREATE INDEX device_leases_by_batch ON device_leases (batch_key, state);

            -- Networks and inputs of unfinished work, each once.
            CREATE TABLE device_contents (
                sha256  {sql.Text} PRIMARY KEY,
                content {sql.Bytes} NOT NULL);
            """;
    }
}
