using NasEngine.Core.Predictors;
using NasEngine.Predictors.Differentiation;
using NasEngine.Predictors.ParZc;
using NasEngine.Predictors.RankingMlp;
using NasEngine.Testing.Predictors;

namespace NasEngine.UnitTests.Predictors;

[Parallelizable]
internal sealed class RankingMlpTests : PredictorTrainerContract
{
    protected override IPredictorTrainer Trainer { get; } = new RankingMlpTrainer(isKendall: false, updates: 120);

    protected override double MostError => 0.2;
}

[Parallelizable]
internal sealed class DiffKendallMlpTests : PredictorTrainerContract
{
    protected override IPredictorTrainer Trainer { get; } = new RankingMlpTrainer(isKendall: true, updates: 120);

    protected override double MostError => 0.2;
}

[Parallelizable]
internal sealed class ParZcTests : PredictorTrainerContract
{
    protected override IPredictorTrainer Trainer { get; } = new ParZcTrainer(epochs: 8);

    protected override double MostError => 0.35;
}

internal sealed class DifferentiationTests
{
    private static readonly double[] Input = [.. Enumerable.Range(0, 12).Select(static index => Math.Sin(index * 1.7))];
    private static readonly double[] Targets = [0.3, -1.2, 0.9, 0.9];

    private static IEnumerable<INeuralNetwork> Networks() => [new MlpNetwork(3, [5, 4], new Random(1)), new MixerNetwork(3, new Random(2))];

    // Noise and dropout are drawn from equal seeds, so that they are the same for every difference.
    [TestCaseSource(nameof(Networks))]
    public void Backward_Network_EqualsFiniteDifferences(object network)
    {
        INeuralNetwork own = (INeuralNetwork)network;
        double[] gradient = new double[4];
        Tape tape = new();
        Variable input = new(4, 3, [.. Input]);
        Variable output = own.Forward(tape, input, new Random(7));
        RankingLoss.DiffKendall(output.Values, Targets, gradient);
        tape.Backward(output, gradient);
        foreach (Variable variable in own.Parameters.Append(input))
        {
            foreach (int index in new[] { 0, variable.Values.Length / 2, variable.Values.Length - 1 })
            {
                double difference = (LossAt(own, input, variable, index, 1e-5) - LossAt(own, input, variable, index, -1e-5)) / 2e-5;
                Assert.That(variable.Gradients[index], Is.EqualTo(difference).Within(1e-6 + (1e-4 * Math.Abs(difference))));
            }
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Loss_Gradient_EqualsFiniteDifferences(bool isKendall)
    {
        RankingTraining.Loss loss = isKendall ? RankingLoss.DiffKendall : RankingLoss.PairwiseLogistic;
        double[] predicted = [0.2, -0.4, 0.7, 0.1];
        double[] gradient = new double[4];
        loss(predicted, Targets, gradient);
        for (int index = 0; index < 4; index++)
        {
            double[] above = [.. predicted], below = [.. predicted];
            (above[index], below[index]) = (above[index] + 1e-6, below[index] - 1e-6);
            Assert.That(gradient[index], Is.EqualTo((loss(above, Targets, new double[4]) - loss(below, Targets, new double[4])) / 2e-6).Within(1e-7));
        }
    }

    [Test]
    public void DiffKendall_FarApartInTheRightOrder_IsNearMinusOne() => Assert.That(RankingLoss.DiffKendall([-9, 0, 9], [-9, 0, 9], new double[3]), Is.EqualTo(-1).Within(1e-6));

    private static double LossAt(INeuralNetwork network, Variable input, Variable variable, int index, double by)
    {
        variable.Values[index] += by;
        double loss = RankingLoss.DiffKendall(network.Forward(new Tape(), input, new Random(7)).Values, Targets, new double[4]);
        variable.Values[index] -= by;
        return loss;
    }
}
