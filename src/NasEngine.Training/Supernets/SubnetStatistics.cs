using NasEngine.Networks.Weights;

namespace NasEngine.Training.Supernets;

/// <summary>The means and variances that the batch normalisations of one subnet use.</summary>
public sealed class SubnetStatistics : IDisposable
{
    private readonly IReadOnlyDictionary<string, (Tensor Mean, Tensor Variance)> _byName;

    internal SubnetStatistics(IReadOnlyDictionary<string, (Tensor Mean, Tensor Variance)> byName) => _byName = byName;

    internal (Tensor Mean, Tensor Variance) this[string name] => _byName[name];

    /// <summary>Copies the values of a statistic: the array that an exported model gets.</summary>
    /// <param name="slice">A mean or a variance of a normalisation of this subnet.</param>
    /// <exception cref="KeyNotFoundException">The subnet has no such normalisation.</exception>
    public float[] ToArray(WeightSlice slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        string name = slice.Weight.Name;
        (Tensor mean, Tensor variance) = _byName[name[..name.LastIndexOf('.')]];
        using DisposeScope scope = NewDisposeScope();
        Tensor values = (slice.Weight.Role == WeightRole.RunningMean ? mean : variance).cpu().contiguous();
        return values.data<float>().ToArray();
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach ((Tensor mean, Tensor variance) in _byName.Values)
        {
            mean.Dispose();
            variance.Dispose();
        }
    }
}
