using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using NasEngine.Core.Spaces;
using NasEngine.Numerics.Networks;
using NasEngine.Numerics.Pareto;
using NasEngine.Numerics.Sampling;
using NasEngine.Search.Additive;
using NasEngine.Search.Candidates;
using NasEngine.Search.NsgaII.Continuous;

namespace NasEngine.Benchmarks.Search;

/// <summary>Times what a search does between evaluations, on one thread, beside pagmo and PyTorch on the same points and shapes.</summary>
public static class SearchBenchmark
{
    private const int SortedPoints = 10_000;
    private const int OctantPoints = 1000;
    private const int PredictorBatch = 4096;
    private const int PredictorRounds = 30;
    private const int Drawn = 1_000_000;
    private const double WarmUpMilliseconds = 400; // the compiler's second look happens meanwhile

    private sealed record Figure(string Name, string Peer, double Limit, double Least, double Median, double Value, string Meaning);

    /// <summary>Runs all comparisons.</summary>
    /// <param name="output">Receives a line a figure: least and median time, what was asked, and the peer's.</param>
    /// <returns>0 if the least times keep what was asked, 1 otherwise.</returns>
    public static int Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nas-bench-");
        try
        {
            output.WriteLine($"search kernels on one thread, least (median) of repetitions; load before: {File.ReadAllText("/proc/loadavg").Trim()}");
            Dictionary<string, double[]> points = DrawPoints(folder.FullName);
            Dictionary<string, PeerFigure> peers = PeerRuns.Pagmo(folder.FullName);
            if (peers.Count == 0)
            {
                output.WriteLine("pagmo is missing: apt-get install -y g++ libpagmo-dev");
            }

            Dictionary<string, PeerFigure> torch = PeerRuns.PyTorch(PredictorBatch, PredictorRounds);
            if (torch.Count == 0)
            {
                output.WriteLine("PyTorch is missing: apt-get install -y python3-torch");
            }

            bool keeps = true;
            foreach (Figure figure in Evolve().Concat(Kernels(points)).Append(Candidates()).Append(Predict()))
            {
                keeps &= figure.Least <= figure.Limit;
                PeerFigure? peer = peers.GetValueOrDefault(figure.Peer) ?? torch.GetValueOrDefault(figure.Peer);
                output.WriteLine(Line(figure, peer));
            }

            output.WriteLine($"load after: {File.ReadAllText("/proc/loadavg").Trim()}");
            return keeps ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Line(Figure figure, PeerFigure? peer)
    {
        string ours = string.Create(CultureInfo.InvariantCulture, $"{figure.Name}: {figure.Least:G4} ms ({figure.Median:G4}), asked {figure.Limit:G4}; {figure.Meaning} {figure.Value:G6}");
        return peer is null ? ours : ours + string.Create(CultureInfo.InvariantCulture, $"; {(figure.Peer == "mlp" ? "PyTorch" : "pagmo")} {peer.Least:G4} ms ({peer.Median:G4}){(peer.Value == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", {peer.Value:G6}"))}");
    }

    private static IEnumerable<Figure> Evolve()
    {
        foreach ((int population, int generations, int rounds, double limit) in new[] { (100, 250, 21, 80.0), (1000, 50, 11, 500.0) })
        {
            List<double> volumes = [];
            (double least, double median) = Measure(rounds, () =>
            {
                ContinuousNsgaII search = new(new double[30], [.. Enumerable.Repeat(1.0, 30)], 2, Zdt1, new ContinuousNsgaIIOptions { PopulationSize = population }, volumes.Count);
                for (int generation = 1; generation < generations; generation++)
                {
                    search.Advance();
                }

                volumes.Add(Hypervolume.Compute(search.Costs, [1.1, 1.1]));
            });
            yield return new Figure($"NSGA-II, ZDT1, {population} x {generations}", $"nsga2-{population}", limit, least, median, volumes.Order().ElementAt(volumes.Count / 2), "median hypervolume");
        }
    }

    private static void Zdt1(ReadOnlySpan<double> x, Span<double> costs)
    {
        double sum = 0;
        foreach (double value in x[1..])
        {
            sum += value;
        }

        double g = 1 + (9 * sum / (x.Length - 1));
        (costs[0], costs[1]) = (x[0], g * (1 - Math.Sqrt(x[0] / g)));
    }

    // Both read the same files.
    private static Dictionary<string, double[]> DrawPoints(string folder)
    {
        RandomDraws random = new(1);
        Dictionary<string, double[]> points = [];
        for (int columns = 2; columns <= 5; columns++)
        {
            double[] uniform = new double[SortedPoints * columns];
            foreach (ref double value in uniform.AsSpan())
            {
                value = random.NextDouble();
            }

            (points[$"uniform-{columns}"], points[$"octant-{columns}"]) = (uniform, Octant(columns, ref random));
        }

        foreach ((string name, double[] values) in points)
        {
            File.WriteAllBytes(Path.Combine(folder, name), MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        }

        return points;
    }

    private static IEnumerable<Figure> Kernels(Dictionary<string, double[]> drawn)
    {
        foreach ((int columns, double limit) in new[] { (2, 0.5), (3, 5.0) })
        {
            double[] points = drawn[$"uniform-{columns}"];
            int[] ranks = new int[SortedPoints];
            (double least, double median) = Measure(200, () => ParetoSort.AssignRanks(points, columns, ranks));
            yield return new Figure($"non-dominated sort, {SortedPoints} points, {columns} objectives", $"sort-{columns}", limit, least, median, ranks.Max() + 1, "fronts");
        }

        foreach ((int columns, double limit) in new[] { (2, 0.03), (3, 0.055), (4, 0.68), (5, 8.2) })
        {
            double[] points = drawn[$"octant-{columns}"];
            double[] reference = [.. Enumerable.Repeat(1.1, columns)];
            double volume = 0;
            (double least, double median) = Measure(columns < 4 ? 2000 : 100, () => volume = Hypervolume.Compute(points, reference));
            yield return new Figure($"hypervolume, {OctantPoints} points, {columns} objectives", $"volume-{columns}", limit, least, median, volume, "volume");
        }
    }

    private static double[] Octant(int columns, ref RandomDraws random)
    {
        double[] points = new double[OctantPoints * columns];
        for (int row = 0; row < OctantPoints; row++)
        {
            Span<double> point = points.AsSpan(row * columns, columns);
            double squares = 0;
            foreach (ref double value in point)
            {
                value = Math.Abs(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
                squares += value * value;
            }

            foreach (ref double value in point)
            {
                value = 1 - (value / Math.Sqrt(squares));
            }
        }

        return points;
    }

    // The genes of once-for-all's MobileNetV3: five stages of two to four blocks, each with a kernel and an expansion.
    private static Figure Candidates()
    {
        List<Gene> genes = [.. Enumerable.Range(0, 5).Select(stage => new Gene("depth", stage, [2, 3, 4]))];
        foreach ((string dimension, ImmutableArray<double> choices) in new[] { ("kernel", ImmutableArray.Create<double>(3, 5, 7)), ("expand", ImmutableArray.Create<double>(3, 4, 6)) })
        {
            genes.AddRange(Enumerable.Range(0, 20).Select(block => new Gene(dimension, block, choices, block % 4 < 2 ? null : new GeneCondition(block / 4, (block % 4) + 1))));
        }

        SearchSpace space = new("staged", "staged", 1, new SpaceTask("image-classification", "none", 3, 10), new Layout([.. genes]), [], []);
        RandomDraws random = new(2);
        AdditiveTable costs = new(space, [.. genes.Select(gene => gene.Choices.Select(_ => random.NextDouble()).ToArray())]);
        AdditiveTable scores = new(space, [.. genes.Select(gene => gene.Choices.Select(_ => random.NextDouble()).ToArray())]);
        double limit = costs.Sum(space.Largest) / 2;
        int within = 0;
        (double least, double median) = Measure(5, () =>
        {
            CandidatePool pool = new(costs, limit, scores, Drawn, 3);
            pool.Draw(Drawn / 2);
            int parent = pool.Best(1)[0];
            pool.Mutate(parent, Drawn / 2, 0.1);
            pool.Best(1000);
            pool.Ranks();
            within = pool.Within.Length;
        });
        return new Figure($"{Drawn} candidates of {genes.Count} genes, half drawn, half mutants", "none", 1000, least, median, within, $"{Drawn / least / 1e3:F2} million/s; different and within the limit:");
    }

    private static Figure Predict()
    {
        int[] sizes = [10, 400, 400, 400, 400, 1];
        RandomDraws random = new(4);
        float[] Draw(int count)
        {
            float[] values = new float[count];
            foreach (ref float value in values.AsSpan())
            {
                value = (float)(random.NextDouble() - 0.5) / 10;
            }

            return values;
        }

        MultilayerPerceptron network = new([.. Enumerable.Range(0, 5).Select(layer => new DenseLayer(Draw(sizes[layer] * sizes[layer + 1]), Draw(sizes[layer + 1])))]);
        float[] inputs = Draw(PredictorBatch * 10);
        float[] outputs = new float[PredictorBatch];
        (double least, double median) = Measure(PredictorRounds, () => network.Forward(inputs, outputs));
        return new Figure($"3 x 400 predictor, batch {PredictorBatch}", "mlp", PredictorBatch / 100.0, least, median, PredictorBatch / least * 1e3, "rows/s");
    }

    private static (double Least, double Median) Measure(int rounds, Action work)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            work();
        }
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < WarmUpMilliseconds);

        double[] times = new double[rounds];
        foreach (ref double time in times.AsSpan())
        {
            long from = Stopwatch.GetTimestamp();
            work();
            time = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        }

        Array.Sort(times);
        return (times[0], times[rounds / 2]);
    }

    private sealed record Layout(ImmutableArray<Gene> Genes) : SpaceLayout(Genes);
}
