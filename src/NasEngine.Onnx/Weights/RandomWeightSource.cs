using NasEngine.Core.Randomness;
using NasEngine.Networks.Weights;

namespace NasEngine.Onnx.Weights;

/// <summary>Weights for networks whose latency is measured before anything is trained.</summary>
/// <remarks>
/// Kernels and matrices are normal with variance one over fan-in, half of He's, because residual sums would let values grow
/// threefold with each block and overflow in deep networks; normalisations have variance 1 and small random biases. No value is so small that a product with an activation could become denormal, which processors compute slowly.
/// The same seed, name and shape give the same values. Thread-safe.
/// </remarks>
public sealed class RandomWeightSource : IWeightSource
{
    // A prime, so that repeating the table does not line up with rows of a matrix.
    private const int TableLength = 65_537;
    private const double LeastMagnitude = 1e-3;

    private readonly float[] _normal = new float[TableLength];
    private readonly long _seed;

    /// <summary>Initializes the source.</summary>
    /// <param name="seed">Any value.</param>
    public RandomWeightSource(long seed)
    {
        _seed = seed;
        Random random = new SeedTree(seed).Child("random weights").CreateRandom();
        for (int index = 0; index < TableLength; index++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            double value = radius * Math.Cos(2 * Math.PI * random.NextDouble());
            _normal[index] = (float)(Math.Abs(value) < LeastMagnitude ? LeastMagnitude : value);
        }
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<float> Read(WeightSlice slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        float[] values = new float[slice.Count];
        switch (slice.Weight.Role)
        {
            case WeightRole.NormGain or WeightRole.RunningVariance:
                Array.Fill(values, 1);
                break;
            case WeightRole.ConvolutionKernel or WeightRole.LinearMatrix:
                Fill(values, slice, Math.Sqrt((double)slice.Shape[0] / slice.Count));
                break;
            default:
                Fill(values, slice, 0.1);
                break;
        }

        return values;
    }

    private void Fill(float[] values, WeightSlice slice, double scale)
    {
        int next = (int)((ulong)new SeedTree(_seed).Child(slice.Weight.Name).Seed % TableLength);
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = (float)scale * _normal[next];
            next = next + 1 == TableLength ? 0 : next + 1;
        }
    }
}
