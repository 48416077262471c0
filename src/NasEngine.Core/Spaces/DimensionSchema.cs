namespace NasEngine.Core.Spaces;

/// <summary>A dimension that a family can make elastic.</summary>
/// <param name="Name">The name in a space file.</param>
/// <param name="Scope">What one gene stands for.</param>
/// <param name="Minimum">The least choice.</param>
/// <param name="Maximum">The greatest choice.</param>
/// <param name="IsWhole">Whether choices must be whole numbers.</param>
/// <param name="Default">The only choice where a space does not name the dimension, or <see langword="null"/> if it must.</param>
/// <param name="Description">What it changes, in one sentence.</param>
public sealed record DimensionSchema(
    string Name, DimensionScope Scope, double Minimum, double Maximum, bool IsWhole, double? Default, string Description);
