using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;

namespace NasEngine.Networks.Families;

/// <summary>A batch normalisation.</summary>
internal sealed class BatchNormWeights(string name, int maxChannels)
{
    // PyTorch's default, which published networks keep.
    private const double Epsilon = 1e-5;

    private readonly WeightSpec _gain = new($"{name}.weight", [maxChannels], WeightRole.NormGain);
    private readonly WeightSpec _bias = new($"{name}.bias", [maxChannels], WeightRole.NormBias);
    private readonly WeightSpec _mean = new($"{name}.running_mean", [maxChannels], WeightRole.RunningMean);
    private readonly WeightSpec _variance = new($"{name}.running_var", [maxChannels], WeightRole.RunningVariance);

    public T Read<T>(INetworkReader<T> reader, T x, int channels) =>
        reader.BatchNorm(x, new BatchNormSlice(_gain.Leading(channels), _bias.Leading(channels), _mean.Leading(channels), _variance.Leading(channels)), Epsilon);
}
