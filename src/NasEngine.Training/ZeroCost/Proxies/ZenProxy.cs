using NasEngine.Networks.Readers;
using NasEngine.Training.Supernets;

namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>How far the features before pooling move when the input does, and the scales that normalisation took away: Lin et al., Zen-NAS, ICCV 2021.</summary>
/// <remarks>ln mean |f(x) - f(x + 0.01 e)| + Σ over normalisations of ln √(mean running variance); weights, x and e standard normal, gains 1, biases 0. The mean over repeats, each with weights of its own; the running variances go on from one to the next, as in the source.</remarks>
internal sealed class ZenProxy : IZeroCostProxy
{
    private const int Repeats = 4;
    private const int Batch = 16;
    private const double Step = 0.01;

    public string Name => "zen";

    public string Description => "Gaussian complexity with normalisation scales, 4 repeats (source: 32), batch 16 (Lin et al. 2021).";

    public ProxyInitialisation Initialisation => ProxyInitialisation.Gaussian;

    public int Images => 0;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        using IDisposable noGradients = no_grad();
        using RunningNormalisation normalisation = new();
        double sum = 0;
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            using DisposeScope scope = NewDisposeScope();
            using ProxyWeights weights = network.Draw(Initialisation, repeat);
            Tensor input = network.Noise(FormattableString.Invariant($"zen input {repeat}"), Batch);
            Tensor moved = input.add(network.Noise(FormattableString.Invariant($"zen step {repeat}"), Batch), Step);
            Tensor difference = Features(network, weights, normalisation, input).sub(Features(network, weights, normalisation, moved));
            double complexity = difference.abs().sum([1, 2, 3]).mean().item<float>();
            sum += Math.Log(complexity) + normalisation.Variances.Sum(variance => Math.Log(Math.Sqrt(variance.mean().item<float>())));
        }

        return sum / Repeats;
    }

    private static Tensor Features(ProxyNetwork network, ProxyWeights weights, RunningNormalisation normalisation, Tensor input)
    {
        LayerTap tap = new(OperationKind.GlobalAveragePool);
        network.Forward(weights, normalisation, input, tap);
        return tap.Operations[^1].Input;
    }
}
