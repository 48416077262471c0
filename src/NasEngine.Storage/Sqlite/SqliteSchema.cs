using Dapper;
using Microsoft.Data.Sqlite;
using NasEngine.Core.Errors;

namespace NasEngine.Storage.Sqlite;

/// <summary>The tables, and how an older file gets them.</summary>
/// <remarks>
/// The SQL is PostgreSQL's too, apart from <c>INTEGER PRIMARY KEY</c> (an identity column there) and <c>WITHOUT ROWID</c>.
/// Instants are ISO 8601 text in UTC with seven decimals, so that they sort as text. Columns that hold JSON hold one whole document.
/// Measurements name their run without referring to it: they outlive it.
/// </remarks>
internal static class SqliteSchema
{
    /// <summary>The script at index n brings a file from version n to version n + 1. A script that was released is never changed.</summary>
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE spaces (
            space_key   INTEGER PRIMARY KEY,
            fingerprint TEXT NOT NULL,
            sha256      TEXT NOT NULL,
            name        TEXT NOT NULL,
            json        TEXT NOT NULL,
            UNIQUE (fingerprint, sha256));

        CREATE TABLE runs (
            run_key           INTEGER PRIMARY KEY,
            id                TEXT NOT NULL UNIQUE,
            name              TEXT NOT NULL,
            space_name        TEXT NOT NULL,
            space_fingerprint TEXT NOT NULL,
            experiment        TEXT NOT NULL,
            seed              BIGINT NOT NULL,
            state             TEXT NOT NULL,
            created_at        TEXT NOT NULL,
            environment       TEXT NOT NULL);
        CREATE INDEX runs_by_age ON runs (created_at, run_key);
        CREATE INDEX runs_by_name ON runs (name, created_at, run_key);

        CREATE TABLE steps (
            step_key    INTEGER PRIMARY KEY,
            run_key     BIGINT NOT NULL REFERENCES runs (run_key) ON DELETE CASCADE,
            step        TEXT NOT NULL,
            key         TEXT NOT NULL,
            result      TEXT NOT NULL,
            finished_at TEXT NOT NULL,
            UNIQUE (run_key, step));

        CREATE TABLE stages (
            stage_key INTEGER PRIMARY KEY,
            run_key   BIGINT NOT NULL REFERENCES runs (run_key) ON DELETE CASCADE,
            stage     TEXT NOT NULL,
            UNIQUE (run_key, stage));

        -- Clustered by stage, so that a front reads one contiguous part of the file.
        CREATE TABLE evaluations (
            stage_key BIGINT NOT NULL REFERENCES stages (stage_key) ON DELETE CASCADE,
            sequence  BIGINT NOT NULL,
            genotype  TEXT NOT NULL,
            metrics   TEXT NOT NULL,
            PRIMARY KEY (stage_key, sequence),
            UNIQUE (stage_key, genotype)) WITHOUT ROWID;

        CREATE TABLE measurements (
            measurement_key INTEGER PRIMARY KEY,
            run_id          TEXT NOT NULL,
            key             TEXT NOT NULL,
            device          TEXT NOT NULL,
            fingerprint     TEXT NOT NULL,
            median_ms       DOUBLE PRECISION,
            low_ms          DOUBLE PRECISION,
            high_ms         DOUBLE PRECISION,
            document        TEXT NOT NULL,
            measured_at     TEXT NOT NULL);
        CREATE INDEX measurements_by_run ON measurements (run_id, device, measurement_key);

        CREATE TABLE predictors (
            run_key BIGINT NOT NULL REFERENCES runs (run_key) ON DELETE CASCADE,
            target  TEXT NOT NULL,
            kind    TEXT NOT NULL,
            key     TEXT NOT NULL,
            model   TEXT NOT NULL,
            quality TEXT NOT NULL,
            PRIMARY KEY (run_key, target));

        CREATE TABLE artefacts (
            run_key BIGINT NOT NULL REFERENCES runs (run_key) ON DELETE CASCADE,
            name    TEXT NOT NULL,
            kind    TEXT NOT NULL,
            path    TEXT NOT NULL,
            sha256  TEXT NOT NULL,
            bytes   BIGINT NOT NULL,
            details TEXT NOT NULL,
            PRIMARY KEY (run_key, name));
        """,
    ];

    /// <summary>Gets the version that this program writes.</summary>
    public static int Version => Migrations.Length;

    /// <summary>Brings a file up to <see cref="Version"/>, a new one from nothing; all in one transaction.</summary>
    public static void Migrate(SqliteConnection connection, string path)
    {
        if (ReadVersion(connection, path) == Version)
        {
            return;
        }

        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        int found = ReadVersion(connection, path); // another process may have been quicker
        if (found == 0)
        {
            connection.Execute("CREATE TABLE store_schema (version INTEGER NOT NULL); INSERT INTO store_schema (version) VALUES (0);", transaction: transaction);
        }

        foreach (string script in Migrations.Skip(found))
        {
            connection.Execute(script, transaction: transaction);
        }

        connection.Execute("UPDATE store_schema SET version = @Version", new { Version }, transaction);
        transaction.Commit();
    }

    /// <summary>Reads a file's version; 0 if it has no tables yet.</summary>
    /// <exception cref="UsageException">It belongs to another program, or to a newer version of this one.</exception>
    /// <exception cref="DamagedFileException">It holds no version.</exception>
    public static int ReadVersion(SqliteConnection connection, string path)
    {
        if (connection.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = 'store_schema'") == 0)
        {
            return connection.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_schema") == 0
                ? 0
                : throw new UsageException($"{path} is a database of another program. Give another file as the store.");
        }

        if (connection.ExecuteScalar("SELECT version FROM store_schema") is not long version || version < 1)
        {
            throw SqliteErrors.Damaged(path, "its table store_schema holds no version.");
        }

        return version <= Version
            ? (int)version
            : throw new UsageException(FormattableString.Invariant(
                $"{path} was written by a newer version: its schema is {version}, this version knows up to {Version}. Update, or give another file as the store."));
    }
}
