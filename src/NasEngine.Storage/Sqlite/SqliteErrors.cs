using Microsoft.Data.Sqlite;
using NasEngine.Core.Errors;

namespace NasEngine.Storage.Sqlite;

/// <summary>Says what SQLite's errors mean to a user.</summary>
internal static class SqliteErrors
{
    // Result codes: https://www.sqlite.org/rescode.html
    private const int Error = 1;
    private const int Perm = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int TooBig = 18;
    private const int Mismatch = 20;
    private const int NotADatabase = 26;

    /// <summary>The code of a damaged database.</summary>
    public const int Corrupt = 11;

    /// <summary>Creates the error for a damaged store.</summary>
    public static DamagedFileException Damaged(string path, string problem, Exception? inner = null) => new(
        path, problem,
        "Put a copy of it back, or move it away and start again: a new store is made, and what finished runs wrote to their own folders is not touched.", inner);

    /// <summary>Gives the error to raise in place of one of SQLite's; the same one if it is a fault of ours.</summary>
    public static Exception Translate(SqliteException problem, string path) => problem.SqliteErrorCode switch
    {
        Corrupt or TooBig or Mismatch => Damaged(path, $"the database is damaged ({Reason(problem)}).", problem),
        NotADatabase => Damaged(path, "this is not a database.", problem),
        Error when IsAlteredSchema(problem) => Damaged(path, $"tables are missing or altered ({Reason(problem)}).", problem),
        Busy or Locked => new WorkFailedException($"{path} is kept busy by another process. Wait for it to finish or stop it, then start again.", problem),
        Full => new WorkFailedException($"{path} cannot grow: the disk is full. Free some space, then start again.", problem),
        InputOutput => new WorkFailedException($"{path} cannot be read or written ({Reason(problem)}). Check the disk, then start again.", problem),
        ReadOnly or Perm => new UsageException($"{path} or its folder may not be written. Change its permissions, or give another file as the store.", problem),
        CannotOpen => new UsageException($"{path} cannot be opened ({Reason(problem)}). Check the permissions of the file and its folder, or give another file as the store.", problem),
        _ => problem,
    };

    // Every statement here is fixed, so a missing name means that the file's schema was altered.
    private static bool IsAlteredSchema(SqliteException problem) =>
        problem.Message.Contains("no such table", StringComparison.Ordinal)
        || problem.Message.Contains("no such column", StringComparison.Ordinal)
        || problem.Message.Contains("has no column named", StringComparison.Ordinal)
        || problem.Message.Contains("already exists", StringComparison.Ordinal)
        || problem.Message.Contains("ON CONFLICT clause does not match", StringComparison.Ordinal);

    private static string Reason(SqliteException problem)
    {
        int start = problem.Message.IndexOf('\'', StringComparison.Ordinal) + 1;
        int end = problem.Message.LastIndexOf('\'');
        return start > 0 && end > start ? problem.Message[start..end] : problem.Message;
    }
}
