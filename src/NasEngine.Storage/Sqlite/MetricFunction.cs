using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NasEngine.Storage.Sqlite;

/// <summary>The SQL function <c>metric(document, key)</c>: a value of an evaluation, or NULL if it is absent or NaN. The key is a blob, UTF-8.</summary>
/// <remarks>
/// SQLite's own JSON functions round some numbers differently, and their paths cannot name every key. It is called once for each
/// evaluation and key, so it is registered below ADO.NET, where it reads SQLite's memory without a copy.
/// </remarks>
internal static class MetricFunction
{
    /// <summary>Makes the function known to a connection. A document that is none makes a statement fail as a damaged database does.</summary>
    public static void Register(SqliteConnection connection) => SqliteException.ThrowExceptionForRC(
        raw.sqlite3_create_function(connection.Handle, "metric", 2, raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC, null, Evaluate), connection.Handle);

    private static void Evaluate(sqlite3_context context, object state, sqlite3_value[] arguments)
    {
        if (!MetricsDocument.TryReadValue(raw.sqlite3_value_blob(arguments[0]), raw.sqlite3_value_blob(arguments[1]), out double? value))
        {
            raw.sqlite3_result_error(context, "an evaluation's metrics are not JSON");
            raw.sqlite3_result_error_code(context, SqliteErrors.Corrupt);
        }
        else if (value is double number)
        {
            raw.sqlite3_result_double(context, number);
        }
        else
        {
            raw.sqlite3_result_null(context);
        }
    }
}
