using NasEngine.Networks.Weights;

namespace NasEngine.Training.Supernets;

/// <summary>Which statistics a batch normalisation uses.</summary>
internal abstract class Normalisation
{
    /// <summary>Gets the one for training: every batch's own statistics, nothing kept.</summary>
    public static Normalisation OfBatch { get; } = new BatchNormalisation();

    public abstract Tensor Apply(Tensor x, BatchNormSlice norm, Tensor gain, Tensor bias, double epsilon);

    private sealed class BatchNormalisation : Normalisation
    {
        public override Tensor Apply(Tensor x, BatchNormSlice norm, Tensor gain, Tensor bias, double epsilon) =>
            functional.batch_norm(x, null, null, gain, bias, training: true, momentum: 0, epsilon);
    }
}

/// <summary>Measures statistics: normalises by the batch and keeps the mean over all batches.</summary>
/// <remarks>Yu and Huang, Universally Slimmable Networks, ICCV 2019, §3.4: a shared supernet has no statistics that fit any one subnet.</remarks>
internal sealed class CalibratingNormalisation : Normalisation
{
    private readonly Dictionary<string, (Tensor Mean, Tensor Variance)> _sums = new(StringComparer.Ordinal);

    /// <summary>Gets or sets the number of batches before this one.</summary>
    public int Batch { get; set; }

    public override Tensor Apply(Tensor x, BatchNormSlice norm, Tensor gain, Tensor bias, double epsilon)
    {
        if (!_sums.TryGetValue(norm.Name, out (Tensor Mean, Tensor Variance) sum))
        {
            sum = (zeros([norm.Channels], device: x.device).DetachFromDisposeScope(), ones([norm.Channels], device: x.device).DetachFromDisposeScope());
            _sums.Add(norm.Name, sum);
        }

        // With momentum 1 / (n + 1) the running values are the plain mean over the batches.
        return functional.batch_norm(x, sum.Mean, sum.Variance, gain, bias, training: true, momentum: 1.0 / (Batch + 1), epsilon);
    }

    public SubnetStatistics ToStatistics() => new(_sums);
}

/// <summary>Uses given statistics.</summary>
internal sealed class FixedNormalisation(SubnetStatistics statistics) : Normalisation
{
    public override Tensor Apply(Tensor x, BatchNormSlice norm, Tensor gain, Tensor bias, double epsilon)
    {
        (Tensor mean, Tensor variance) = statistics[norm.Name];
        return functional.batch_norm(x, mean, variance, gain, bias, training: false, momentum: 0, epsilon);
    }
}
