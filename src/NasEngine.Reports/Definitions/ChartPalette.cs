namespace NasEngine.Reports.Definitions;

/// <summary>The colours of charts and drawings: for each, what it is on a light page and on a dark one.</summary>
/// <remarks>Charts are made in the light colours; <see cref="DarkRules"/> turns them over where the reader's system asks for dark.</remarks>
public static class ChartPalette
{
    /// <summary>Text.</summary>
    public const string Ink = "#24292f";

    /// <summary>Axis labels and remarks.</summary>
    public const string Muted = "#57606a";

    /// <summary>Grid lines.</summary>
    public const string Grid = "#d8dee4";

    /// <summary>What stands back, such as dominated evaluations.</summary>
    public const string Faded = "#afb8c1";

    /// <summary>The ground that charts stand on.</summary>
    public const string Paper = "#ffffff";

    /// <summary>The first series: what was measured.</summary>
    public const string Blue = "#0969da";

    /// <summary>The second series: what was predicted.</summary>
    public const string Orange = "#bc4c00";

    /// <summary>The third series.</summary>
    public const string Green = "#1a7f37";

    /// <summary>Limits.</summary>
    public const string Red = "#cf222e";

    /// <summary>Gets each light colour with its dark counterpart.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> LightToDark { get; } =
    [
        new(Ink, "#e6edf3"), new(Muted, "#9da7b3"), new(Grid, "#30363d"), new(Faded, "#5b646f"), new(Paper, "#0d1117"),
        new(Blue, "#58a6ff"), new(Orange, "#f0883e"), new(Green, "#3fb950"), new(Red, "#ff7b72"),
    ];

    /// <summary>Gets the style rules that give an SVG drawn in the light colours the dark ones, for a reader who prefers dark.</summary>
    public static string DarkRules { get; } =
        $"@media (prefers-color-scheme:dark){{{string.Concat(LightToDark.Select(pair =>
            $"[fill=\"{pair.Key}\"]{{fill:{pair.Value}}}[stroke=\"{pair.Key}\"]{{stroke:{pair.Value}}}"))}}}";
}
