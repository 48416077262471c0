namespace NasEngine.Reports.Definitions;

/// <summary>How much room a chart has.</summary>
/// <param name="Width">CSS pixels.</param>
/// <param name="Height">CSS pixels.</param>
public sealed record ChartLayout(int Width, int Height)
{
    /// <summary>Gets the room on a desk: 720 × 400.</summary>
    public static ChartLayout Wide { get; } = new(720, 400);

    /// <summary>Gets the room on a telephone: 350 × 320.</summary>
    public static ChartLayout Narrow { get; } = new(350, 320);

    /// <summary>Gets whether labels must be few and short.</summary>
    public bool IsNarrow => Width < 500;
}
