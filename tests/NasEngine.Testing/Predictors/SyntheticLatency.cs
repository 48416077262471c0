using NasEngine.Core.Predictors;

namespace NasEngine.Testing.Predictors;

/// <summary>Latencies that are sums of kernel counts, operations and bytes, with noise and disturbed measurements.</summary>
public static class SyntheticLatency
{
    /// <summary>The constant, then the cost of one unit of each column: depthwise kernels, pointwise kernels, mega-MACs, mega-bytes.</summary>
    public static readonly double[] Truth = [0.2, 0.05, 0.02, 0.004, 0.1];

    public static (FeatureTable Table, double[] Targets) Create(int rows, int seed, double noise, double outliers, int uselessColumns = 0)
    {
        Random random = new(seed);
        double[][] features = [.. Enumerable.Range(0, rows).Select(_ => Row(random, uselessColumns))];
        double[] targets = [.. features.Select(row => (Truth[0] + Truth.Skip(1).Zip(row, (cost, value) => cost * value).Sum()) * Disturbance(random, noise, outliers))];
        string[] names = ["depthwise", "pointwise", "macs", "bytes", .. Enumerable.Range(0, uselessColumns).Select(index => $"useless[{index}]")];
        return (new FeatureTable(names, features), targets);
    }

    private static double[] Row(Random random, int useless)
    {
        double depth = random.Next(2, 12);
        double width = 0.5 + random.NextDouble();
        return
        [
            depth, random.Next(4, 24), depth * width * width * random.Next(5, 20), depth * width * random.Next(1, 4),
            .. Enumerable.Range(0, useless).Select(_ => depth * random.NextDouble()),
        ];
    }

    private static double Disturbance(Random random, double noise, double outliers) =>
        (1 + (noise * ((2 * random.NextDouble()) - 1))) * (random.NextDouble() < outliers ? 2 + (3 * random.NextDouble()) : 1);
}
