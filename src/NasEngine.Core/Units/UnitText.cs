using System.Globalization;

namespace NasEngine.Core.Units;

/// <summary>Reads and writes values that carry a unit, such as <c>"4 ms"</c>, <c>"2 MiB"</c> or <c>"30 M"</c>.</summary>
public static class UnitText
{
    private static readonly Dictionary<PhysicalUnit, (string Suffix, double Factor)[]> Suffixes = new()
    {
        [PhysicalUnit.Milliseconds] = [("ms", 1), ("us", 1e-3), ("µs", 1e-3), ("ns", 1e-6), ("s", 1e3)],
        [PhysicalUnit.Bytes] = [("B", 1), ("KiB", 1024), ("MiB", 1024.0 * 1024), ("GiB", 1024.0 * 1024 * 1024), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9)],
        [PhysicalUnit.Count] = [("K", 1e3), ("k", 1e3), ("M", 1e6), ("G", 1e9)],
        [PhysicalUnit.Share] = [("%", 0.01)],
    };

    /// <summary>Gives the suffixes that a unit may be written with.</summary>
    public static IEnumerable<string> SuffixesOf(PhysicalUnit unit) => Suffixes.TryGetValue(unit, out (string Suffix, double Factor)[]? all) ? all.Select(entry => entry.Suffix) : [];

    /// <summary>Reads a value with its unit.</summary>
    /// <param name="text">A number, white space, a suffix of <paramref name="unit"/>. Counts, shares and values without a unit stand alone too.</param>
    /// <param name="unit">The unit that the value is meant in.</param>
    /// <param name="value">Receives the value in <paramref name="unit"/>; finite.</param>
    /// <returns><see langword="false"/> if the text is not such a value.</returns>
    public static bool TryParse(string text, PhysicalUnit unit, out double value)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        (string Suffix, double Factor)[] suffixes = Suffixes.TryGetValue(unit, out (string Suffix, double Factor)[]? all) ? all : [];
        foreach ((string suffix, double factor) in suffixes.OrderByDescending(entry => entry.Suffix.Length))
        {
            if (trimmed.EndsWith(suffix, StringComparison.Ordinal) && TryNumber(trimmed[..^suffix.Length], out value))
            {
                value *= factor;
                return double.IsFinite(value);
            }
        }

        value = 0;
        return unit is PhysicalUnit.Count or PhysicalUnit.Share or PhysicalUnit.None && TryNumber(trimmed, out value);
    }

    /// <summary>Writes a value with a unit that a person reads easily.</summary>
    public static string Format(double value, PhysicalUnit unit)
    {
        string suffix = unit switch { PhysicalUnit.Milliseconds => " ms", PhysicalUnit.Bytes => " B", PhysicalUnit.Share => " %", _ => string.Empty };
        double shown = unit == PhysicalUnit.Share ? value * 100 : value;
        if (unit == PhysicalUnit.Count && shown >= 1e4)
        {
            (shown, suffix) = shown >= 1e9 ? (shown / 1e9, " G") : shown >= 1e6 ? (shown / 1e6, " M") : (shown / 1e3, " K");
        }
        else if (unit == PhysicalUnit.Bytes && shown >= 1024)
        {
            (shown, suffix) = shown >= 1024 * 1024 ? (shown / (1024 * 1024), " MiB") : (shown / 1024, " KiB");
        }

        return shown.ToString(unit == PhysicalUnit.Milliseconds ? "0.####" : "0.###", CultureInfo.InvariantCulture) + suffix;
    }

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
