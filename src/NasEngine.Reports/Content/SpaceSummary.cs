using System.Numerics;

namespace NasEngine.Reports.Content;

/// <summary>The searched space.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Family">The network family's name.</param>
/// <param name="Size">The exact number of different architectures.</param>
public sealed record SpaceSummary(string Name, string Family, BigInteger Size);
