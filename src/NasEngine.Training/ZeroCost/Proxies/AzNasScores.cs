using NasEngine.Training.Supernets;

namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>The three scores that AZ-NAS computes from the outputs of blocks: Lee and Ham, AZ-NAS, CVPR 2024.</summary>
/// <param name="Expressivity">Σ over blocks of the entropy of the eigenvalues of the covariance of channels.</param>
/// <param name="Progressivity">The least growth of that entropy from one block to the next.</param>
/// <param name="Trainability">The mean over blocks of 2 - s - 1 / s, s the greatest singular value of the way of gradients through the block.</param>
internal sealed record AzNasScores(double Expressivity, double Progressivity, double Trainability)
{
    private const int Batch = 64;
    private const double Small = 1e-6;

    /// <summary>Gives the scores of a network, computed once: one pass of standard normal inputs, statistics of the batch.</summary>
    public static AzNasScores Of(ProxyNetwork network) => network.Shared(nameof(AzNasScores), () => Compute(network));

    /// <summary>Computes the entropy of the eigenvalues of the covariance of the channels of <c>[batch, channels, height, width]</c>, each eigenvalue as a share of all.</summary>
    internal static double Entropy(Tensor features)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor rows = ByPixel(features.detach());
        Tensor centred = rows.sub(rows.mean([0], keepdim: true));
        double[] values = Correlation.Values(linalg.eigvalsh(centred.t().mm(centred).div(rows.size(0)).@double()));
        double sum = values.Sum();
        return values.Sum(value => -value / sum * Math.Log((value / sum) + 1e-8));
    }

    /// <summary>Computes 2 - s - 1 / s of a block from what enters, what leaves and a random gradient of the latter.</summary>
    internal static double TrainabilityOf(Tensor input, Tensor output, Tensor outputGradient)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor gradient = autograd.grad([output], [input], [outputGradient], retain_graph: true)[0];
        if (gradient.shape.SequenceEqual(outputGradient.shape) && gradient.sub(outputGradient).abs().max().item<float>() == 0)
        {
            return double.NegativeInfinity; // the block does nothing
        }

        Tensor folded = Fold(gradient, (int)(gradient.size(2) / outputGradient.size(2)));
        (Tensor into, Tensor from) = (ByPixel(folded), ByPixel(outputGradient));
        double norm = linalg.svdvals(into.t().mm(from).div(from.size(0))).max().item<float>();
        return 2 - norm - (1 / (norm + Small));
    }

    private static AzNasScores Compute(ProxyNetwork network)
    {
        using DisposeScope scope = NewDisposeScope();
        using ProxyWeights weights = network.Draw(ProxyInitialisation.KaimingFanIn);
        LayerTap tap = new();
        network.Forward(weights, Normalisation.OfBatch, network.Noise("az-nas", Batch), tap);
        double[] entropies = [.. tap.Blocks.Select(Entropy)];
        double[] trainabilities = [.. Enumerable.Range(1, Math.Max(0, tap.Blocks.Count - 1)).Select(block => TrainabilityOf(
            tap.Blocks[block - 1], tap.Blocks[block], network.Signs(FormattableString.Invariant($"az-nas {block}"), tap.Blocks[block].shape)))];
        return new AzNasScores(
            entropies.Sum(),
            entropies.Length < 2 ? double.NaN : entropies.Skip(1).Zip(entropies, (after, before) => after - before).Min(),
            trainabilities.Length == 0 ? double.NaN : trainabilities.Average());
    }

    // [batch, channels, height, width] to [pixels, channels].
    private static Tensor ByPixel(Tensor image) => image.permute(0, 2, 3, 1).contiguous().view(-1, image.size(1));

    // Pixels of a square of the given side become channels, so that a block that halves the image has as many places before as after.
    private static Tensor Fold(Tensor image, int side) => side <= 1 ? image : image
        .contiguous().view(image.size(0), image.size(1), image.size(2) / side, side, image.size(3) / side, side)
        .permute(0, 1, 3, 5, 2, 4).contiguous().view(image.size(0), -1, image.size(2) / side, image.size(3) / side);
}
