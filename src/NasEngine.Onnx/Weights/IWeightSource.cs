using NasEngine.Networks.Weights;

namespace NasEngine.Onnx.Weights;

/// <summary>Gives the values that one subnet uses. Whoever holds the weights fills this port; no tensor library is needed here.</summary>
public interface IWeightSource
{
    /// <summary>Gets the values of a slice.</summary>
    /// <param name="slice">The part of a stored array.</param>
    /// <returns><see cref="WeightSlice.Count"/> values, row-major in the slice's shape. The memory must not change while an export reads it.</returns>
    ReadOnlyMemory<float> Read(WeightSlice slice);
}
