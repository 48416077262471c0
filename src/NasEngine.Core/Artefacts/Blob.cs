namespace NasEngine.Core.Artefacts;

/// <summary>Content that a store of files holds.</summary>
/// <param name="Sha256">Its digest, lower-case hexadecimal.</param>
/// <param name="Bytes">Its length.</param>
public sealed record Blob(string Sha256, long Bytes);
