using NasEngine.Core.Randomness;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Networks.Weights;

namespace NasEngine.Testing.Networks;

/// <summary>Full arrays of a supernet with values in which every element matters: no gain of 1, no mean of 0.</summary>
public static class RandomWeights
{
    /// <summary>Draws all arrays of a supernet.</summary>
    public static Dictionary<string, ReadOnlyMemory<float>> Draw(INetworkFamily family, SearchSpace space, long seed) => family.Weights(space)
        .ToDictionary(weight => weight.Name, weight => Draw(weight, new SeedTree(seed).Child(weight.Name).CreateRandom()));

    /// <summary>Draws a batch of images, uniform from 0 to 1.</summary>
    public static float[] Images(Plan plan, int batch, long seed)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Random random = new SeedTree(seed).Child("images").CreateRandom();
        return [.. Enumerable.Range(0, batch * plan.InputShape.Aggregate(1, (product, size) => product * size)).Select(_ => random.NextSingle())];
    }

    private static ReadOnlyMemory<float> Draw(WeightSpec weight, Random random)
    {
        int fanIn = (int)(weight.Count / weight.Shape[0]);
        return Enumerable.Range(0, (int)weight.Count).Select(_ => weight.Role switch
        {
            WeightRole.NormGain or WeightRole.RunningVariance => 0.5f + random.NextSingle(),
            WeightRole.ConvolutionKernel or WeightRole.LinearMatrix => (float)((random.NextDouble() - 0.5) * Math.Sqrt(12.0 / fanIn)),
            _ => random.NextSingle() - 0.5f,
        }).ToArray();
    }
}
