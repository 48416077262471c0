using NasEngine.Core.Errors;
using Npgsql;

namespace NasEngine.Storage.Postgres;

/// <summary>Says what PostgreSQL's errors mean to a user.</summary>
/// <remarks>Codes: https://www.postgresql.org/docs/15/errcodes-appendix.html.</remarks>
internal static class PostgresErrors
{
    /// <summary>Says whether the work that ended so may simply be done again: another transaction was in its way and nothing was written.</summary>
    public static bool IsCollision(Exception problem) =>
        problem is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    /// <summary>Says whether a connection from the pool had gone dead: the server ended it, or was started again.</summary>
    public static bool IsDeadConnection(Exception problem) => problem switch
    {
        PostgresException answered => answered.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown,
        NpgsqlException { InnerException: IOException } => true,
        _ => false,
    };

    /// <summary>Creates the error for a damaged store.</summary>
    public static DamagedFileException Damaged(string location, string problem, Exception? inner = null) =>
        new(location, problem, "Restore the database from a backup, or give another one as the store.", inner);

    /// <summary>Gives the error to raise in place of one of Npgsql's; the same one if it is a fault of ours.</summary>
    public static Exception Translate(Exception problem, string location) => problem switch
    {
        PostgresException answered => TranslateAnswer(answered, location),
        NpgsqlException { InnerException: TimeoutException } => new WorkFailedException($"{location} did not answer in time. Look after the server, then start again.", problem),
        NpgsqlException when problem.Message.Contains("pool", StringComparison.Ordinal) =>
            new WorkFailedException($"{location}: all connections are in use. Raise max_pool_size in the URL, or start fewer jobs.", problem),
        NpgsqlException => new WorkFailedException($"{location} cannot be reached ({Reason(problem)}). Start the server or check the address, then start again.", problem),
        _ => problem,
    };

    private static Exception TranslateAnswer(PostgresException problem, string location) => problem.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            new UsageException($"{location}: the server refuses this user or password.", problem),
        PostgresErrorCodes.InvalidCatalogName =>
            new UsageException($"{location}: the server has no such database. Create it with createdb, or give another one as the store.", problem),
        PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InvalidSchemaName =>
            new UsageException($"{location}: {problem.MessageText}. Grant this user the right to create and write tables, or give another store.", problem),
        PostgresErrorCodes.UntranslatableCharacter or PostgresErrorCodes.CharacterNotInRepertoire =>
            new UsageException($"{location} cannot keep a text with a zero character ({problem.MessageText}).", problem),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateColumn
            or PostgresErrorCodes.DatatypeMismatch or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.InvalidColumnReference =>
            Damaged(location, $"tables are missing or altered ({problem.MessageText}).", problem),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => Damaged(location, $"the database is damaged ({problem.MessageText}).", problem),
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected =>
            new WorkFailedException($"{location} is kept busy by another process. Wait for it to finish or stop it, then start again.", problem),
        PostgresErrorCodes.DiskFull => new WorkFailedException($"{location} cannot grow: the server's disk is full. Free some space, then start again.", problem),
        PostgresErrorCodes.TooManyConnections => new WorkFailedException($"{location}: the server has no connection left. Raise its max_connections, or start fewer workers.", problem),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow =>
            new WorkFailedException($"{location}: the server is starting or stopping ({problem.MessageText}). Start again once it runs.", problem),
        _ => problem,
    };

    private static string Reason(Exception problem) => (problem.InnerException ?? problem).Message.ReplaceLineEndings(" ").TrimEnd('.');
}
