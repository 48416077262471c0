namespace NasEngine.Numerics.Networks;

/// <summary>The weights of one dense layer.</summary>
/// <param name="Weights">Row-major <c>[outputs × inputs]</c>.</param>
/// <param name="Biases"><c>[outputs]</c>.</param>
public sealed record DenseLayer(ReadOnlyMemory<float> Weights, ReadOnlyMemory<float> Biases);
