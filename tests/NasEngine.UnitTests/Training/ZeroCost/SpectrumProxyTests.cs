using NasEngine.Networks.Readers;
using NasEngine.Torch;
using NasEngine.Training.Supernets;
using NasEngine.Training.ZeroCost;
using NasEngine.Training.ZeroCost.Proxies;
using static NasEngine.Torch.torch;
using static NasEngine.UnitTests.Training.ZeroCost.ProxyFixture;

namespace NasEngine.UnitTests.Training.ZeroCost;

/// <summary>Proxies over correlations, patterns and spectra equal closed forms and plain loops.</summary>
internal sealed class SpectrumProxyTests
{
    private const double Correlated = 0.6;

    // Rows whose correlation is 0.6.
    private static readonly float[] Pair = [1, 2, 3, 4, 2, 1, 4, 3];

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [Test]
    public void Jacov_TwoRows_EqualsTheClosedForm()
    {
        const double K = 1e-5;
        double expected = -new[] { 1 - Correlated, 1 + Correlated }.Sum(value => Math.Log(value + K) + (1 / (value + K)));
        Assert.That(JacovProxy.OfJacobian(tensor(Pair, [2, 4])), Is.EqualTo(expected).Within(1e-9));
    }

    [Test]
    public void Jacov_NoSignal_IsNaN() => Assert.That(JacovProxy.OfJacobian(zeros([3, 4])), Is.NaN);

    [TestCase(10)]
    [TestCase(101)]
    public void EpeNas_TwoClasses_EqualsTheClosedForm(int classes)
    {
        float[] rows = [.. Pair, 1, 2, 3, 4, 4, 3, 2, 1];
        (double first, double second) = (2 * (Math.Log(1 + 1e-5) + Math.Log(Correlated + 1e-5)), 4 * Math.Log(1 + 1e-5));
        double expected = classes <= 100 ? Math.Abs(first) + Math.Abs(second) : 2 * Math.Abs((first / 2) - (second / 2)) / 2;
        Assert.That(EpeNasProxy.OfJacobian(tensor(rows, [4, 4]), [7, 7, 2, 2], classes), Is.EqualTo(expected).Within(1e-9));
    }

    [Test]
    public void Naswot_OfATinyNetwork_EqualsLoopsOverPatterns()
    {
        using ProxyNetwork network = Cells();
        using ProxyBatch batch = Batch(network, 3);
        using ProxyWeights weights = network.Draw(ProxyInitialisation.Uniform);
        LayerTap tap = new(OperationKind.Activation);
        network.Forward(weights, Normalisation.OfBatch, batch.Images, tap);
        double[,] k = new double[3, 3];
        foreach (double[] input in tap.Operations.Select(operation => Values(operation.Input)))
        {
            int each = input.Length / 3;
            for (int cell = 0; cell < 9; cell++)
            {
                k[cell / 3, cell % 3] += Enumerable.Range(0, each).Count(place => input[(cell / 3 * each) + place] > 0 == input[(cell % 3 * each) + place] > 0);
            }
        }

        double determinant = (k[0, 0] * ((k[1, 1] * k[2, 2]) - (k[1, 2] * k[2, 1]))) - (k[0, 1] * ((k[1, 0] * k[2, 2]) - (k[1, 2] * k[2, 0]))) + (k[0, 2] * ((k[1, 0] * k[2, 1]) - (k[1, 1] * k[2, 0])));
        Assert.That(new NaswotProxy().Score(network, batch), Is.EqualTo(Math.Log(determinant)).Within(1e-9));
    }

    [Test]
    public void Swap_OfAnActivation_CountsDifferentPatternsOfSingleValues()
    {
        // Three images, five places: the columns + - -, + - -, - + -, - - - and + - +.
        Tensor output = tensor([1f, 2, 0, 0, 3, 0, 0, 1, 0, 0, 0, 0, 0, 0, 5], [3, 5]);
        SwapProxy.Patterns patterns = new();
        patterns.Operation(new TappedOperation(OperationKind.Activation, output, output));
        Assert.That(patterns.Count, Is.EqualTo(4));
    }

    [Test]
    public void RegularisedSwap_OfANetwork_IsWeighedDownByItsSize()
    {
        using ProxyNetwork network = Cells();
        using ProxyBatch batch = Batch(network, 4);
        double distance = (network.Costs.Parameters / 1000.0) - 1000;
        Assert.That(new RegularisedSwapProxy().Score(network, batch) / new SwapProxy().Score(network, batch), Is.EqualTo(Math.Exp(-distance * distance / 1e6)).Within(1e-12));
    }

    [Test]
    public void Zico_OfALayer_EqualsTheClosedForm()
    {
        // Means of |g| 2 and 3, deviations 1 and 2; the third weight has no deviation and does not count.
        double score = ZicoProxy.OfLayer([tensor([1f, 1, 7]), tensor([3f, 5, 7])]);
        Assert.That(score, Is.EqualTo(Math.Log((2 / 1.0) + (3 / 2.0))).Within(1e-9));
        Assert.That(ZicoProxy.OfLayer([tensor([7f]), tensor([7f])]), Is.Zero);
    }

    [Test]
    public void Ntk_OfAKernel_IsMinusItsConditionNumber()
    {
        Assert.That(NtkProxy.OfKernel(tensor([2.0, 1, 1, 2], [2, 2])), Is.EqualTo(-3).Within(1e-9));
        Assert.That(NtkProxy.OfKernel(tensor([0.0, 0, 0, 0], [2, 2])), Is.EqualTo(-100_000));
    }

    [Test]
    public void Ntk_OfATinyNetwork_EqualsGradientsOfSingleImages()
    {
        using ProxyNetwork network = Cells();
        using ProxyBatch batch = Batch(network, 3);
        using ProxyWeights weights = network.Draw(ProxyInitialisation.KaimingFanIn);
        double[][] rows = [.. Enumerable.Range(0, 3).Select(image =>
        {
            Tensor output = network.Forward(weights, Normalisation.OfBatch, batch.Images).select(0, image).sum();
            return autograd.grad([output], [.. weights.LayerTensors]).SelectMany(Values).ToArray();
        })];
        double[] kernel = [.. rows.SelectMany(row => rows.Select(other => row.Zip(other, (a, b) => a * b).Sum()))];
        Assert.That(new NtkProxy().Score(network, batch), Is.EqualTo(NtkProxy.OfKernel(tensor(kernel, [3, 3]))).Within(0.01).Percent);
    }

    [Test]
    public void Meco_TwoChannels_IsOneLessTheirCorrelation()
    {
        MecoProxy.LeastEigenvalues sum = new();
        sum.EndBlock(cat([tensor(Pair, [1, 2, 2, 2]), randn([1, 2, 2, 2])]));
        sum.EndBlock(ones([1, 2, 2, 2]));
        Assert.That(sum.Sum, Is.EqualTo(1 - Correlated).Within(1e-6));
    }

    [Test]
    public void Zen_OfATinyNetwork_EqualsThePlainForm()
    {
        using ProxyNetwork network = Cells();
        using ProxyBatch batch = Batch(network, 2);
        Dictionary<string, double[]> variances = [];
        double sum = 0;
        for (int repeat = 0; repeat < 4; repeat++)
        {
            using ProxyWeights weights = network.Draw(ProxyInitialisation.Gaussian, repeat);
            Tensor input = network.Noise($"zen input {repeat}", 16);
            Tensor moved = input.add(network.Noise($"zen step {repeat}", 16).mul(0.01));
            double[] first = Features(input), second = Features(moved);
            sum += Math.Log(first.Zip(second, (a, b) => Math.Abs(a - b)).Sum() / 16) + variances.Values.Sum(variance => Math.Log(Math.Sqrt(variance.Average())));

            double[] Features(Tensor images)
            {
                LayerTap tap = new(OperationKind.BatchNorm, OperationKind.GlobalAveragePool);
                network.Forward(weights, Normalisation.OfBatch, images, tap);
                foreach (TappedOperation norm in tap.Operations.SkipLast(1))
                {
                    string name = norm.Slice!.Weight.Name;
                    double[] running = variances.GetValueOrDefault(name) ?? [.. Enumerable.Repeat(1.0, (int)norm.Input.size(1))];
                    variances[name] = [.. running.Zip(Values(norm.Input.var([0, 2, 3])), (old, now) => (0.9 * old) + (0.1 * now))];
                }

                return Values(tap.Operations[^1].Input);
            }
        }

        Assert.That(new ZenProxy().Score(network, batch), Is.EqualTo(sum / 4).Within(0.01).Percent);
    }

    [Test]
    public void AzNasEntropy_IndependentChannels_EqualsTheClosedForm()
    {
        // Variances 1 and 4, without correlation.
        Tensor features = tensor([1f, -1, 1, -1, 2, 2, -2, -2], [1, 2, 2, 2]);
        double expected = -((0.2 * Math.Log(0.2)) + (0.8 * Math.Log(0.8)));
        Assert.That(AzNasScores.Entropy(features), Is.EqualTo(expected).Within(1e-6));
    }

    [Test]
    public void AzNasTrainability_AFactorAndAStride_EqualsTheClosedForm()
    {
        Tensor input = randn([2, 1, 4, 4]).requires_grad_();
        Tensor signs = tensor([1f, -1, 1, 1, -1, -1, 1, -1], [2, 1, 2, 2]);
        // The mean of four pixels gives each of them a quarter of the gradient: four channels, each with singular part ¼, together ½.
        Tensor pooled = nn.functional.avg_pool2d(input, [2], [2]);
        Assert.That(AzNasScores.TrainabilityOf(input, pooled, signs), Is.EqualTo(2 - 0.5 - (1 / 0.5)).Within(1e-4));
        Assert.That(AzNasScores.TrainabilityOf(input, input.mul(3), ones([2, 1, 4, 4])), Is.EqualTo(2 - 3 - (1 / 3.0)).Within(1e-4));
        Assert.That(AzNasScores.TrainabilityOf(input, input, ones([2, 1, 4, 4])), Is.EqualTo(double.NegativeInfinity));
    }

    [Test]
    public void AzNas_OfATinyNetwork_SumsEntropiesAndTakesTheLeastGrowth()
    {
        using ProxyNetwork network = Cells();
        using ProxyWeights weights = network.Draw(ProxyInitialisation.KaimingFanIn);
        LayerTap tap = new();
        network.Forward(weights, Normalisation.OfBatch, network.Noise("az-nas", 64), tap);
        double[] entropies = [.. tap.Blocks.Select(AzNasScores.Entropy)];
        AzNasScores scores = AzNasScores.Of(network);
        Assert.That(entropies, Has.Length.EqualTo(4)); // stem, cell, reduction, cell
        Assert.That(scores.Expressivity, Is.EqualTo(entropies.Sum()).Within(1e-9));
        Assert.That(scores.Progressivity, Is.EqualTo(Enumerable.Range(1, 3).Min(block => entropies[block] - entropies[block - 1])).Within(1e-9));
        Assert.That(scores.Trainability, Is.Negative);
    }
}
