using System.Data.Common;
using System.Globalization;
using NasEngine.Core.Errors;
using NasEngine.Core.Search;
using NasEngine.Storage.Runs;

namespace NasEngine.Storage;

/// <summary>Reads the columns of one row strictly: a value of another kind than the schema says means a damaged store.</summary>
internal readonly struct SqlRow(DbDataReader reader, SqlDatabase database)
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>Gives an instant as it is stored: ISO 8601, UTC, exact to the tick.</summary>
    public static string Format(DateTimeOffset instant) => instant.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Format(DateTimeOffset)"/>
    public static string? Format(DateTimeOffset? instant) => instant is DateTimeOffset known ? Format(known) : null;

    /// <summary>Says whether a text is an instant as it is stored.</summary>
    public static bool IsInstant(string text) => TryParse(text, out _);

    /// <summary>Gives a number as it is stored: NaN as NULL.</summary>
    public static double? Format(double value) => double.IsNaN(value) ? null : value;

    /// <summary>Says whether a column is NULL.</summary>
    public bool IsNull(int column) => reader.IsDBNull(column);

    /// <summary>Reads text.</summary>
    public string Text(int column) => reader.GetValue(column) switch
    {
        string text => text,
        DBNull => throw Damaged(column, "is empty"),
        _ => throw Damaged(column, "is no text"),
    };

    /// <summary>Reads text that may be absent.</summary>
    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Reads a whole number.</summary>
    public long Whole(int column) => reader.GetValue(column) switch
    {
        long value => value,
        int value => value,
        _ => throw Damaged(column, "is no whole number"),
    };

    /// <summary>Reads a whole number that may be absent.</summary>
    public long? WholeOrNull(int column) => IsNull(column) ? null : Whole(column);

    /// <summary>Reads what is stored as 0 or 1.</summary>
    public bool Flag(int column) => Whole(column) switch
    {
        0 => false,
        1 => true,
        _ => throw Damaged(column, "is neither 0 nor 1"),
    };

    /// <summary>Reads a number; NaN stands as NULL.</summary>
    public double Real(int column) => reader.GetValue(column) switch
    {
        double value => value,
        DBNull => double.NaN,
        _ => throw Damaged(column, "is no number"),
    };

    /// <summary>Reads a number that may be absent.</summary>
    public double? RealOrNull(int column) => IsNull(column) ? null : Real(column);

    /// <summary>Reads an instant, with offset zero.</summary>
    public DateTimeOffset Instant(int column) =>
        TryParse(Text(column), out DateTimeOffset instant) ? instant : throw Damaged(column, "is no instant");

    /// <summary>Reads an instant that may be absent.</summary>
    public DateTimeOffset? InstantOrNull(int column) => IsNull(column) ? null : Instant(column);

    /// <summary>Reads one of an enumeration's names.</summary>
    public T Name<T>(int column)
        where T : struct, Enum =>
        Enum.IsDefined(typeof(T), Text(column)) ? Enum.Parse<T>(Text(column)) : throw Damaged(column, $"is none of {string.Join(", ", Enum.GetNames<T>())}");

    /// <summary>Reads a JSON document as text.</summary>
    public string Json(int column) => StoredJson.IsDocument(Text(column)) ? Text(column) : throw Damaged(column, "is not JSON");

    /// <summary>Reads a JSON document that may be absent.</summary>
    public string? JsonOrNull(int column) => IsNull(column) ? null : Json(column);

    /// <summary>Reads bytes.</summary>
    public byte[] Bytes(int column) => reader.GetValue(column) is byte[] bytes ? bytes : throw Damaged(column, "holds no bytes");

    /// <summary>Reads metrics.</summary>
    public MetricSet Metrics(int column, MetricsDocument.Reader documents) => documents.TryRead(Text(column)) ?? throw Damaged(column, "holds no metrics");

    /// <summary>Reads some of the metrics, in the order of their keys (UTF-8); those that are absent or NaN become <see langword="null"/>.</summary>
    public void MetricValues(int column, byte[][] keys, Span<double?> values)
    {
        if (!MetricsDocument.TryReadValues(Text(column), keys, values))
        {
            throw Damaged(column, "holds no metrics");
        }
    }

    /// <summary>Creates the error for a column with another content than it should have.</summary>
    public DamagedFileException Damaged(int column, string problem) => database.Damaged($"a row's column '{reader.GetName(column)}' {problem}.");

    private static bool TryParse(string text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(text, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
}
