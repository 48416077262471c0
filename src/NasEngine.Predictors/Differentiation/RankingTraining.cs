using NasEngine.Predictors.Scaling;

namespace NasEngine.Predictors.Differentiation;

/// <summary>Trains networks to put rows in order, and finds the map from their outputs to the targets' unit.</summary>
internal static class RankingTraining
{
    private const int MostKnots = 24;

    /// <summary>A loss of predictions and standardised targets that gives its derivatives.</summary>
    public delegate double Loss(ReadOnlySpan<double> predicted, ReadOnlySpan<double> targets, Span<double> gradient);

    /// <summary>Trains a network.</summary>
    /// <param name="network">The network; its parameters change.</param>
    /// <param name="inputs">Row-major <c>[n × columns]</c>.</param>
    /// <param name="targets"><c>[n]</c>, standardised.</param>
    /// <param name="loss">The loss of a batch.</param>
    /// <param name="settings">How long and how fast.</param>
    /// <param name="random">The source of the rows' order, noise and dropout.</param>
    public static void Run(INeuralNetwork network, double[] inputs, double[] targets, Loss loss, RankingSettings settings, Random random)
    {
        int rows = targets.Length;
        int columns = inputs.Length / rows;
        int batches = (rows + settings.Batch - 1) / settings.Batch;
        AdamOptimizer optimizer = new(network.Parameters, settings.LearningRate, settings.Decay, settings.Epochs * batches);
        int[] order = [.. Enumerable.Range(0, rows)];
        for (int epoch = 0; epoch < settings.Epochs; epoch++)
        {
            random.Shuffle(order);
            for (int batch = 0; batch < batches; batch++)
            {
                // Sizes differ by at most one: a last batch of a single row would have no pair.
                int[] own = order[(batch * rows / batches)..((batch + 1) * rows / batches)];
                Variable input = new(own.Length, columns, [.. own.SelectMany(row => inputs[(row * columns)..((row + 1) * columns)])]) { IsConstant = true };
                Tape tape = new();
                Variable output = network.Forward(tape, input, random);
                double[] gradient = new double[own.Length];
                loss(output.Values, [.. own.Select(row => targets[row])], gradient);
                tape.Backward(output, gradient);
                optimizer.Step();
            }
        }
    }

    /// <summary>Matches outputs to targets by rank: the rising map under which both have the same distribution.</summary>
    /// <param name="outputs"><c>[n]</c>.</param>
    /// <param name="targets"><c>[n]</c>, in their unit.</param>
    /// <returns>A map whose values are targets and whose scores are outputs; <see langword="null"/> if either does not vary.</returns>
    public static MonotoneMap? Calibrate(double[] outputs, double[] targets)
    {
        double[] sortedOutputs = [.. outputs.Order()];
        double[] sortedTargets = [.. targets.Order()];
        int knots = Math.Min(MostKnots, outputs.Length);
        List<(double Target, double Output)> kept = [];
        for (int knot = 0; knot < knots; knot++)
        {
            Range part = (knot * outputs.Length / knots)..((knot + 1) * outputs.Length / knots);
            (double target, double output) = (sortedTargets[part].Average(), sortedOutputs[part].Average());
            if (kept.Count == 0 || (target > kept[^1].Target && output > kept[^1].Output))
            {
                kept.Add((target, output));
            }
        }

        return kept.Count < 2 ? null : new MonotoneMap([.. kept.Select(static knot => knot.Target)], [.. kept.Select(static knot => knot.Output)]);
    }

    /// <summary>Computes the outputs of rows, one by one, as predictions are.</summary>
    public static double[] Outputs(INeuralNetwork network, double[] inputs, int rows)
    {
        int columns = inputs.Length / rows;
        return [.. Enumerable.Range(0, rows).Select(row => network.Forward(new Tape(), new Variable(1, columns, inputs[(row * columns)..((row + 1) * columns)]), null).Values[0])];
    }
}
