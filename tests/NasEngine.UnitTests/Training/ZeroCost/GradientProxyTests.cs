using NasEngine.Networks.Weights;
using NasEngine.Testing.Networks;
using NasEngine.Torch;
using NasEngine.Training.Supernets;
using NasEngine.Training.ZeroCost;
using NasEngine.Training.ZeroCost.Proxies;
using static NasEngine.Torch.torch;
using static NasEngine.UnitTests.Training.ZeroCost.ProxyFixture;

namespace NasEngine.UnitTests.Training.ZeroCost;

/// <summary>Proxies over gradients equal finite differences and plain loops.</summary>
internal sealed class GradientProxyTests
{
    private const int Images = 5;

    private DisposeScope _scope = null!;
    private ProxyNetwork _network = null!;
    private ProxyBatch _batch = null!;

    [SetUp]
    public void SetUp()
    {
        _scope = NewDisposeScope();
        _network = Cells();
        _batch = Batch(_network, Images);
    }

    [TearDown]
    public void TearDown()
    {
        _network.Dispose();
        _batch.Dispose();
        _scope.Dispose();
    }

    [Test]
    public void LossGradients_OfEveryLayer_EqualCentralDifferences()
    {
        using ProxyWeights drawn = _network.Draw(ProxyInitialisation.Uniform);
        ProxyDoubles weights = new(drawn);
        foreach (LossGradients.Layer layer in LossGradients.Of(_network, _batch).Layers)
        {
            int element = (int)layer.Slice.Count / 2;
            double difference = Derivative(weights.Cut(layer.Slice), element, () => Loss(_network, _batch, weights).item<double>());
            Assert.That(Values(layer.Gradient)[element], Is.EqualTo(difference).Within(1e-4), layer.Slice.Weight.Name);
        }
    }

    [Test]
    public void OfImage_AllImages_AddUpToTheGradientOfTheBatch()
    {
        foreach (LossGradients.Layer layer in LossGradients.Of(_network, _batch).Layers)
        {
            double[] sum = [.. Enumerable.Range(0, Images).Select(image => Values(LayerGradient.OfImage(layer, image))).Aggregate((left, right) => [.. left.Zip(right, (a, b) => a + b)])];
            Assert.That(sum, Is.EqualTo(Values(layer.Gradient)).Within(1e-5), layer.Slice.Weight.Name);
        }
    }

    [Test]
    public void Scores_OfWeightsAndGradients_EqualPlainLoops()
    {
        (double[] Weight, double[] Gradient, double[] Output, double[] OutputGradient, LossGradients.Layer Layer)[] layers = [.. LossGradients.Of(_network, _batch).Layers
            .Select(layer => (Values(layer.Weight), Values(layer.Gradient), Values(layer.Output), Values(layer.OutputGradient), layer))];
        double plain = layers.Sum(layer => layer.Weight.Zip(layer.Gradient, (w, g) => w * g).Sum());
        double snip = layers.Sum(layer => layer.Weight.Zip(layer.Gradient, (w, g) => Math.Abs(w * g)).Sum());
        double norm = layers.Sum(layer => Math.Sqrt(layer.Gradient.Sum(g => g * g)));
        double fisher = layers.Sum(layer => PlainFisher(layer.Output, layer.OutputGradient, layer.Layer.Slice));
        double signs = layers.Sum(layer => PlainSigns(layer.Layer));
        Assert.Multiple(() =>
        {
            Assert.That(new PlainProxy().Score(_network, _batch), Is.EqualTo(plain).Within(1e-4));
            Assert.That(new SnipProxy().Score(_network, _batch), Is.EqualTo(snip).Within(0.001).Percent);
            Assert.That(new GradNormProxy().Score(_network, _batch), Is.EqualTo(norm).Within(0.001).Percent);
            Assert.That(new FisherProxy().Score(_network, _batch), Is.EqualTo(fisher).Within(0.001).Percent);
            Assert.That(new GradSignProxy().Score(_network, _batch), Is.EqualTo(signs));
            Assert.That(new L2Proxy().Score(_network, _batch), Is.EqualTo(layers.Sum(layer => Math.Sqrt(layer.Weight.Sum(w => w * w)))).Within(0.001).Percent);
        });
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Grasp_OfATinyNetwork_EqualsDifferencesOfGradients(bool depthwise)
    {
        // Kernels of 5 × 5 of single channels have gradients of the engine's own.
        using ProxyNetwork network = depthwise ? Create(TestSpaces.Tiny(), TestSpaces.Tiny().Largest, 3) : Cells("conv3x3,avgpool3x3,sepconv5x5");
        using ProxyBatch batch = Batch(network, Images);
        using ProxyWeights drawn = network.Draw(ProxyInitialisation.Uniform);
        ProxyDoubles weights = new(drawn);
        Tensor[] layers = [.. drawn.Layers.Select(weights.Cut)];
        const double Step = 1e-6;
        IList<Tensor> gradient = autograd.grad([Loss(network, batch, weights)], layers);
        IList<Tensor> Moved(double by)
        {
            Move(layers, gradient, by);
            IList<Tensor> moved = autograd.grad([Loss(network, batch, weights)], layers);
            Move(layers, gradient, -by);
            return moved;
        }

        IList<Tensor> above = Moved(Step), below = Moved(-Step);
        double plain = -Enumerable.Range(0, layers.Length).Sum(layer => layers[layer].detach().mul(above[layer].sub(below[layer])).sum().item<double>()) / (2 * Step);
        Assert.That(new GraspProxy().Score(network, batch), Is.EqualTo(plain).Within(0.2).Percent);
    }

    [Test]
    public void Synflow_OfATinyNetwork_EqualsTheLossOfFlowWhereLayersAreCleared()
    {
        // The flow is linear in the weights of one layer, so that Σ w ∂R/∂w is what is lost without them.
        using ProxyWeights drawn = _network.Draw(ProxyInitialisation.Uniform), weights = drawn.ToAbsoluteDoubles();
        double Flow() => _network.Forward(weights, Normalisation.Identity, ones([1, .. _network.Plan.InputShape], ScalarType.Float64)).sum().item<double>();
        using IDisposable noGradients = no_grad();
        double flow = Flow(), lost = 0;
        foreach (WeightSlice slice in weights.Layers)
        {
            Tensor kept = weights.Cut(slice).clone();
            weights.Cut(slice).zero_();
            lost += flow - Flow();
            weights.Cut(slice).copy_(kept);
        }

        using IDisposable gradients = enable_grad();
        Assert.That(new SynflowProxy().Score(_network, _batch), Is.EqualTo(Math.Log(lost)).Within(1e-9));
    }

    [Test]
    public void Jacobian_OfImages_EqualsCentralDifferences()
    {
        using ProxyWeights drawn = _network.Draw(ProxyInitialisation.Uniform);
        ProxyDoubles weights = new(drawn);
        Tensor images = _batch.Images.@double().contiguous();
        double[] jacobian = Values(ImageJacobian.Of(_network, _batch, Images));
        foreach (int pixel in (ReadOnlySpan<int>)[0, 50, 200, (int)images.numel() - 1])
        {
            double difference = Derivative(images, pixel, () => _network.Forward(weights, Normalisation.OfBatch, images).sum().item<double>());
            Assert.That(jacobian[pixel], Is.EqualTo(difference).Within(1e-4));
        }
    }

    private static Tensor Loss(ProxyNetwork network, ProxyBatch batch, IWeightTensors weights) =>
        nn.functional.cross_entropy(network.Forward(weights, Normalisation.OfBatch, batch.Images.@double()), batch.Labels);

    private static void Move(Tensor[] weights, IList<Tensor> direction, double by)
    {
        using IDisposable noGradients = no_grad();
        for (int index = 0; index < weights.Length; index++)
        {
            weights[index].add_(direction[index], by);
        }
    }

    private static double PlainFisher(double[] output, double[] gradient, WeightSlice slice)
    {
        int channels = slice.Shape[0], pixels = output.Length / Images / channels;
        double sum = 0;
        for (int channel = 0; channel < channels; channel++)
        {
            for (int image = 0; image < Images; image++)
            {
                double product = Enumerable.Range(((image * channels) + channel) * pixels, pixels).Sum(place => output[place] * gradient[place]);
                sum += 0.5 * product * product / Images * (slice.Count / (double)channels);
            }
        }

        return sum;
    }

    private static double PlainSigns(LossGradients.Layer layer)
    {
        double[][] images = [.. Enumerable.Range(0, Images).Select(image => Values(LayerGradient.OfImage(layer, image)))];
        return Enumerable.Range(0, images[0].Length).Sum(weight => Math.Abs(images.Sum(image => Math.Sign(image[weight]))));
    }
}
