using System.Globalization;
using System.Numerics;
using NasEngine.Reports.Content;

namespace NasEngine.Reports.Html;

/// <summary>Numbers as the report prints them.</summary>
internal static class Figures
{
    public const string Unknown = "–";

    public static string Percent(double? share, int digits = 1) =>
        share is double value && double.IsFinite(value) ? (100 * value).ToString("F" + digits, CultureInfo.InvariantCulture) + " %" : Unknown;

    public static string SignedPercent(double? share) =>
        share is double value && double.IsFinite(value) ? (100 * value).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture) + " %" : Unknown;

    /// <summary>Gives three significant digits, without an exponent.</summary>
    public static string Milliseconds(double? milliseconds) => milliseconds is double value && double.IsFinite(value) ? Significant(value) + " ms" : Unknown;

    /// <summary>Gives the median with its interval, never without.</summary>
    public static string Interval(MeasuredLatency? latency) =>
        latency is null ? Unknown : $"{Significant(latency.MedianMs)} ms ({Significant(latency.LowMs)} to {Significant(latency.HighMs)})";

    public static string Count(double? count) => count is not double value || !double.IsFinite(value) ? Unknown : Math.Abs(value) switch
    {
        >= 1e9 => Significant(value / 1e9) + " G",
        >= 1e6 => Significant(value / 1e6) + " M",
        >= 1e3 => Significant(value / 1e3) + " k",
        _ => value.ToString("0", CultureInfo.InvariantCulture),
    };

    public static string Bytes(double? bytes) => bytes is not double value || !double.IsFinite(value) ? Unknown : Math.Abs(value) switch
    {
        >= 1 << 30 => Significant(value / (1 << 30)) + " GiB",
        >= 1 << 20 => Significant(value / (1 << 20)) + " MiB",
        >= 1 << 10 => Significant(value / (1 << 10)) + " KiB",
        _ => value.ToString("0", CultureInfo.InvariantCulture) + " B",
    };

    /// <summary>Gives every digit, in groups of three.</summary>
    public static string Exact(BigInteger value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202f');

    public static string Duration(TimeSpan duration) =>
        duration.TotalHours >= 1 ? FormattableString.Invariant($"{(int)duration.TotalHours} h {duration.Minutes} min")
        : duration.TotalMinutes >= 1 ? FormattableString.Invariant($"{duration.Minutes} min {duration.Seconds} s")
        : FormattableString.Invariant($"{duration.TotalSeconds:0.#} s");

    private static string Significant(double value)
    {
        int digits = value == 0 ? 0 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 6);
        return value.ToString("F" + digits, CultureInfo.InvariantCulture);
    }
}
