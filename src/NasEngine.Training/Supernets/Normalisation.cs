using NasEngine.Networks.Weights;

namespace NasEngine.Training.Supernets;

/// <summary>Which statistics a batch normalisation uses.</summary>
internal abstract class Normalisation
{
    /// <summary>Gets the one for training: every batch's own statistics, nothing kept.</summary>
    public static Normalisation OfBatch { get; } = new BatchNormalisation();

    /// <summary>Gets the one that does nothing, gains and biases not used.</summary>
    public static Normalisation Identity { get; } = new NoNormalisation();

    public abstract Tensor Apply(Tensor x, BatchNormSlice norm, Tensor gain, Tensor bias, double epsilon);

    private sealed class BatchNormalisation : Normalisation
    {
        public override Tensor Apply(Tensor x, BatchNormSlice norm, Tensor gain, Tensor bias, double epsilon) =>
            functional.batch_norm(x, null, null, gain, bias, training: true, momentum: 0, epsilon);
    }

    private sealed class NoNormalisation : Normalisation
    {
        public override Tensor Apply(Tensor x, BatchNormSlice norm, Tensor gain, Tensor bias, double epsilon) => x;
    }
}

/// <summary>Normalises by the batch and keeps running statistics, as PyTorch's batch normalisation does while training.</summary>
/// <remarks>Running values start at mean 0 and variance 1 and move towards each batch's by a tenth; the variance is the unbiased one.</remarks>
internal sealed class RunningNormalisation : Normalisation, IDisposable
{
    private const double Momentum = 0.1;

    private readonly Dictionary<string, (Tensor Mean, Tensor Variance)> _running = new(StringComparer.Ordinal);

    /// <summary>Gets the running variances, one tensor <c>[channels]</c> for each normalisation.</summary>
    public IEnumerable<Tensor> Variances => _running.Values.Select(running => running.Variance);

    public override Tensor Apply(Tensor x, BatchNormSlice norm, Tensor gain, Tensor bias, double epsilon)
    {
        if (!_running.TryGetValue(norm.Name, out (Tensor Mean, Tensor Variance) running))
        {
            running = (zeros([norm.Channels], x.dtype, x.device).DetachFromDisposeScope(), ones([norm.Channels], x.dtype, x.device).DetachFromDisposeScope());
            _running.Add(norm.Name, running);
        }

        return functional.batch_norm(x, running.Mean, running.Variance, gain, bias, training: true, Momentum, epsilon);
    }

    public void Dispose()
    {
        foreach ((Tensor mean, Tensor variance) in _running.Values)
        {
            mean.Dispose();
            variance.Dispose();
        }
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
