using System.Collections.Immutable;

namespace NasEngine.Onnx.Graph;

/// <summary>An edge of the graph.</summary>
/// <param name="Name">The name that nodes read it by.</param>
/// <param name="Shape">The shape without the batch axis.</param>
internal sealed record OnnxValue(string Name, ImmutableArray<int> Shape);
