namespace NasEngine.Search.Surrogates;

/// <summary>A limit of a value whose direction may be turned.</summary>
/// <param name="Output">Which value.</param>
/// <param name="Least">The least allowed one, or <see langword="null"/>.</param>
/// <param name="Most">The greatest allowed one, or <see langword="null"/>.</param>
internal sealed record OutputLimit(int Output, double? Least, double? Most);
