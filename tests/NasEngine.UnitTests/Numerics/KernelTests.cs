using NasEngine.Numerics.Networks;
using NasEngine.Numerics.Pareto;
using NasEngine.Numerics.Sampling;
using NasEngine.Numerics.Sorting;
using NasEngine.Numerics.Statistics;

namespace NasEngine.UnitTests.Numerics;

internal sealed class KernelTests
{
    private static readonly Func<Random, double>[] Keys =
    [
        random => random.NextDouble(),
        random => random.Next(5),
        random => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-300, 300)),
        random => 1 + (random.Next(1000) * 2.220446049250313e-16), // differ in their last bits alone
        random => random.Next(50) == 0 ? 1e300 : 1 + (random.Next(100_000) * 2.220446049250313e-16), // in tight clusters, far apart
        random => random.Next(3) switch { 0 => double.NegativeInfinity, 1 => double.PositiveInfinity, _ => random.Next(2) == 0 ? 0.0 : -0.0 },
    ];

    [Test]
    public void KeyOrder_AnyKeys_IsAStableSort([Values(0, 1, 2, 3, 4, 5)] int kind, [Values(0, 1, 24, 25, 300, 5000)] int count)
    {
        Random random = new(kind);
        double[] keys = [.. Enumerable.Range(0, count).Select(_ => Keys[kind](random))];
        int[] items = [.. Enumerable.Range(100, count)];
        int[] expected = [.. Enumerable.Range(0, count).OrderBy(place => keys[place] + 0.0)];
        double[] sorted = [.. expected.Select(place => keys[place])];
        (int[] places, double[] received) = (new int[count], new double[count]);
        KeyOrder.Order(keys, places, received);
        Assert.That(places, Is.EqualTo(expected));
        Assert.That(received, Is.EqualTo(sorted));
        KeyOrder.Sort(keys, items);
        Assert.That(items, Is.EqualTo(expected.Select(place => place + 100)));
        Assert.That(keys, Is.EqualTo(sorted));
    }

    [Test]
    public void AssignRanks_ManyPoints_EqualsPlain([Values(2, 3, 4, 6)] int columns, [Values(0, 3, 30)] int levels, [Values(false, true)] bool isChain)
    {
        double[][] points = PlainPareto.RandomPoints(new Random(columns), 400, columns, levels);
        points = isChain ? [.. points.Select((point, index) => point.Select(value => (value / 10) + (index / 3)).ToArray())] : points;
        int[] ranks = new int[points.Length];
        ParetoSort.AssignRanks([.. points.SelectMany(point => point)], columns, ranks);
        Assert.That(ranks, Is.EqualTo(PlainPareto.Ranks(points)));
    }

    [Test]
    public void AssignRanks_MorePointsThanABlockOfSetsHolds_EqualsDefinition()
    {
        double[][] points = PlainPareto.RandomPoints(new Random(4), 4500, 4, 0);
        int[] ranks = new int[points.Length];
        ParetoSort.AssignRanks([.. points.SelectMany(point => point)], 4, ranks);
        int[] expected = new int[points.Length];
        foreach (int index in Enumerable.Range(0, points.Length).OrderBy(index => points[index].Sum()))
        {
            for (int other = 0; other < points.Length; other++)
            {
                (double[] a, double[] b) = (points[other], points[index]);
                expected[index] = a[0] < b[0] && a[1] < b[1] && a[2] < b[2] && a[3] < b[3] ? Math.Max(expected[index], expected[other] + 1) : expected[index];
            }
        }

        Assert.That(ranks, Is.EqualTo(expected));
    }

    [Test]
    public void Hypervolume_FrontsAndTies_EqualsPlain([Values(2, 3, 4, 5)] int columns, [Values(0, 3, 6)] int levels)
    {
        double[] reference = [.. Enumerable.Repeat(0.95, columns)];
        int rows = columns switch { 2 => 60, 3 => 40, 4 => 20, _ => 12 };
        for (int seed = 0; seed < 15; seed++)
        {
            double[][] points = PlainPareto.RandomPoints(new Random(seed), rows, columns, levels);
            points = levels > 0 ? [.. points, .. points[..3]] : [.. points.Select(point => point.Select(value => 1 - (value / Math.Sqrt(point.Sum(other => other * other)))).ToArray())];
            Assert.That(Hypervolume.Compute([.. points.SelectMany(point => point)], reference), Is.EqualTo(PlainPareto.Hypervolume(points, reference)).Within(1e-12));
        }
    }

    // The volume of all objectives but one constant is that of the others times one side: larger sets than the plain twin manages.
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    public void Hypervolume_ManyPointsWithAConstantObjective_IsThatOfTheOthersTimesItsSide(int columns)
    {
        double[][] points = PlainPareto.RandomPoints(new Random(8), 300, columns - 1, 0);
        double[] reference = [.. Enumerable.Repeat(1.0, columns)];
        double expected = 0.5 * Hypervolume.Compute([.. points.SelectMany(point => point)], reference.AsSpan(1));
        for (int place = 0; place < columns; place++)
        {
            double[] values = [.. points.SelectMany(point => point[..place].Append(0.5).Concat(point[place..]))];
            Assert.That(Hypervolume.Compute(values, reference), Is.EqualTo(expected).Within(1e-12));
        }
    }

    [TestCase(4)]
    [TestCase(5)]
    public void Hypervolume_ObjectivesInAnyOrder_IsTheSame(int columns)
    {
        double[][] points = PlainPareto.RandomPoints(new Random(9), 150, columns, 0);
        double[] reference = [.. Enumerable.Repeat(0.9, columns)];
        double expected = Hypervolume.Compute([.. points.SelectMany(point => point)], reference);
        for (int turn = 1; turn < columns; turn++)
        {
            double[] turned = [.. points.SelectMany(point => point[turn..].Concat(point[..turn]))];
            Assert.That(Hypervolume.Compute(turned, reference), Is.EqualTo(expected).Within(1e-12));
        }
    }

    [Test]
    public void KendallTau_ManyValuesWithTies_EqualsDefinition([Values(0, 6)] int levels)
    {
        Random random = new(3);
        double[][] pairs = PlainPareto.RandomPoints(random, 300, 2, levels);
        (double agreeing, double first, double second) = (0, 0, 0);
        for (int a = 0; a < pairs.Length; a++)
        {
            for (int b = 0; b < a; b++)
            {
                (int x, int y) = (Math.Sign(pairs[a][0] - pairs[b][0]), Math.Sign(pairs[a][1] - pairs[b][1]));
                (agreeing, first, second) = (agreeing + (x * y), first + (x * x), second + (y * y));
            }
        }

        double tau = RankStatistics.KendallTau([.. pairs.Select(pair => pair[0])], [.. pairs.Select(pair => pair[1])]);
        Assert.That(tau, Is.EqualTo(agreeing / Math.Sqrt(first * second)).Within(1e-12));
    }

    [Test]
    public void Forward_AnyShapeAndBatch_EqualsPlain([Values(1, 31, 32, 70)] int rows, [Values(1, 11, 12, 40)] int hidden)
    {
        Random random = new(hidden);
        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
        DenseLayer[] layers = [new(Draw(7 * hidden), Draw(hidden)), new(Draw(hidden * 5), Draw(5)), new(Draw(5 * 2), Draw(2))];
        float[] inputs = Draw(rows * 7);
        float[] outputs = new float[rows * 2];
        new MultilayerPerceptron(layers).Forward(inputs, outputs);
        for (int row = 0; row < rows; row++)
        {
            double[] values = [.. inputs.Skip(row * 7).Take(7).Select(value => (double)value)];
            for (int layer = 0; layer < layers.Length; layer++)
            {
                (float[] weights, float[] biases) = (layers[layer].Weights.ToArray(), layers[layer].Biases.ToArray());
                double[] sums = [.. biases.Select((bias, output) => bias + values.Select((value, input) => value * weights[(output * values.Length) + input]).Sum())];
                values = layer < 2 ? [.. sums.Select(sum => Math.Max(0, sum))] : sums;
            }

            Assert.That(outputs.Skip(2 * row).Take(2), Is.EqualTo(values).Within(1e-5));
        }
    }

    [Test]
    public void PortableKernel_SamePanel_EqualsWideKernel()
    {
        Random random = new(1);
        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
        (float[] weights, float[] biases, float[] source) = (Draw(12 * 9), Draw(12), Draw(9 * 32));
        (float[] wide, float[] portable) = (new float[12 * 32], new float[12 * 32]);
        WideKernel.Run(ref weights[0], ref biases[0], ref source[0], ref wide[0], 9, true);
        PortableKernel.Run(ref weights[0], ref biases[0], ref source[0], ref portable[0], 9, true, 12, 32);
        Assert.That(portable, Is.EqualTo(wide).Within(1e-6f));
    }

    [Test]
    public void Network_LayersThatDoNotFit_NamesTheLayer() =>
        Assert.That(() => new MultilayerPerceptron([new(new float[6], new float[2]), new(new float[5], new float[1])]), Throws.ArgumentException.With.Message.Contains("Layer 1"));

    [Test]
    public void RandomDraws_SameSeed_RepeatsAndStaysInRange()
    {
        (RandomDraws first, RandomDraws second) = (new(5), new(5));
        int[] counts = new int[7];
        for (int draw = 0; draw < 7000; draw++)
        {
            int value = first.Below(7);
            Assert.That(second.Below(7), Is.EqualTo(value));
            counts[value]++;
        }

        Assert.That(counts, Is.All.InRange(850, 1150));
        Assert.That(first.NextDouble(), Is.InRange(0.0, 1.0));
    }
}
