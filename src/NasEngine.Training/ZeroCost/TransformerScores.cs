namespace NasEngine.Training.ZeroCost;

/// <summary>Zero-cost scores of transformers, from matrices and attention maps that a family's reading gives.</summary>
/// <remarks>Stateless. They wait for a family of transformers; until then nothing of the engine calls them.</remarks>
public static class TransformerScores
{
    /// <summary>Computes the synaptic diversity of an attention matrix: ‖∂R/∂W‖ · ‖W‖ in nuclear norms, summed over matrices it is the first half of DSS.</summary>
    /// <param name="weight"><c>[out, in]</c>: query, key, value, or the square output projection.</param>
    /// <param name="gradient">The gradient by it of the sum of the outputs of the network of absolute weights on an input of ones.</param>
    /// <remarks>Zhou et al., Training-Free Transformer Architecture Search, CVPR 2022, equation 5.</remarks>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static double SynapticDiversity(Tensor weight, Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        Check(weight, gradient);
        return NuclearNorm(gradient) * NuclearNorm(weight);
    }

    /// <summary>Computes the synaptic saliency of another matrix: Σ |W · ∂R/∂W|, the second half of DSS.</summary>
    /// <param name="weight">A matrix of the MLPs, of the patch embedding or of the classifier.</param>
    /// <param name="gradient">Its gradient, as for <see cref="SynapticDiversity"/>.</param>
    /// <remarks>Zhou et al. 2022, equation 6.</remarks>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static double SynapticSaliency(Tensor weight, Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        Check(weight, gradient);
        return weight.detach().@double().mul(gradient.@double()).abs().sum().item<double>();
    }

    /// <summary>Computes DSS: diversity of the attention matrices and saliency of the others, summed.</summary>
    /// <param name="attention">Weights and gradients of attention matrices.</param>
    /// <param name="others">Weights and gradients of the other matrices.</param>
    public static double Dss(IEnumerable<(Tensor Weight, Tensor Gradient)> attention, IEnumerable<(Tensor Weight, Tensor Gradient)> others)
    {
        ArgumentNullException.ThrowIfNull(attention);
        ArgumentNullException.ThrowIfNull(others);
        return attention.Sum(pair => SynapticDiversity(pair.Weight, pair.Gradient)) + others.Sum(pair => SynapticSaliency(pair.Weight, pair.Gradient));
    }

    /// <summary>Computes the confidence of attention heads: the sum over maps of the mean of the greatest value along the axis after the batch.</summary>
    /// <param name="maps">Outputs of query, key and value projections, <c>[batch, time, width]</c>, or attention after softmax.</param>
    /// <remarks>Serianni and Kalita, Training-free Neural Architecture Search for RNNs and Transformers, ACL 2023.</remarks>
    public static double HeadConfidence(IEnumerable<Tensor> maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        using DisposeScope scope = NewDisposeScope();
        return maps.Sum(map => map.detach().@double().amax([1]).mean().item<double>());
    }

    private static double NuclearNorm(Tensor matrix) => linalg.svdvals(matrix.detach().@double()).sum().item<double>();

    private static void Check(Tensor weight, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(gradient);
        if (!weight.shape.SequenceEqual(gradient.shape))
        {
            throw new ArgumentException($"A weight of shape [{string.Join(" × ", weight.shape)}] has a gradient of shape [{string.Join(" × ", gradient.shape)}].", nameof(gradient));
        }
    }
}
