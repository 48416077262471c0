namespace NasEngine.Torch;

/// <summary>What the header of a safetensors file says of one tensor.</summary>
/// <param name="Name">Its name, unique in the file.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Shape">Its sizes; empty for a single value.</param>
/// <param name="Start">Its first byte, counted from the start of the data.</param>
/// <param name="Length">Its number of bytes.</param>
public sealed record SafeTensorEntry(string Name, torch.ScalarType Type, IReadOnlyList<long> Shape, long Start, long Length);
