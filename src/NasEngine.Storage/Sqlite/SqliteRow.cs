using System.Data;
using System.Globalization;
using NasEngine.Core.Errors;
using NasEngine.Core.Search;

namespace NasEngine.Storage.Sqlite;

/// <summary>Reads the columns of one row strictly: a value of another kind than the schema says means a damaged file.</summary>
internal readonly struct SqliteRow(IDataReader reader, string path)
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>Gives an instant as it is stored: ISO 8601, UTC, exact to the tick.</summary>
    public static string Format(DateTimeOffset instant) => instant.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    /// <summary>Gives a number as it is stored: NaN as NULL.</summary>
    public static double? Format(double value) => double.IsNaN(value) ? null : value;

    /// <summary>Reads text.</summary>
    public string Text(int column) => reader.IsDBNull(column) ? throw Damaged(column, "is empty") : reader.GetString(column);

    /// <summary>Reads a whole number.</summary>
    public long Whole(int column) => reader.GetValue(column) is long value ? value : throw Damaged(column, "is no whole number");

    /// <summary>Reads a number; NaN stands as NULL.</summary>
    public double Real(int column) => reader.GetValue(column) switch
    {
        double value => value,
        DBNull => double.NaN,
        _ => throw Damaged(column, "is no number"),
    };

    /// <summary>Reads an instant, with offset zero.</summary>
    public DateTimeOffset Instant(int column) =>
        DateTimeOffset.TryParseExact(
            Text(column), InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset instant)
            ? instant
            : throw Damaged(column, "is no instant");

    /// <summary>Reads one of an enumeration's names.</summary>
    public T Name<T>(int column)
        where T : struct, Enum =>
        Enum.IsDefined(typeof(T), Text(column)) ? Enum.Parse<T>(Text(column)) : throw Damaged(column, $"is none of {string.Join(", ", Enum.GetNames<T>())}");

    /// <summary>Reads a JSON document as text.</summary>
    public string Json(int column) => StoredJson.IsDocument(Text(column)) ? Text(column) : throw Damaged(column, "is not JSON");

    /// <summary>Reads metrics.</summary>
    public MetricSet Metrics(int column) => MetricsDocument.TryRead(Text(column)) ?? throw Damaged(column, "holds no metrics");

    private DamagedFileException Damaged(int column, string problem) => SqliteErrors.Damaged(path, $"a row's column '{reader.GetName(column)}' {problem}.");
}
