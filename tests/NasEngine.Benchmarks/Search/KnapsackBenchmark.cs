using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using NasEngine.Core.Objectives;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Numerics.Knapsack;
using NasEngine.Search;
using NasEngine.Testing.Tables;

namespace NasEngine.Benchmarks.Search;

/// <summary>The best network of SpaceEvo's table within latency limits: exactly, and by evolution with ten thousand evaluations.</summary>
internal static class KnapsackBenchmark
{
    private const int Evaluations = 10_000;
    private const int Seeds = 3;
    private static readonly int[] Resolutions = [160, 192, 224];
    private static readonly double[] Limits = [5, 8, 10, 15, 20, 30];

    public static int Run(TextWriter output)
    {
        string folder = Environment.GetEnvironmentVariable("NAS_DATA_DIR") ?? Path.Combine("..", "shared", "data");
        string path = Path.Combine(folder, "tables", "spaceevo_onnxw_lut.zip");
        if (!File.Exists(path))
        {
            output.WriteLine($"{path} is absent; NAS_DATA_DIR can name the folder of the data.");
            return 2;
        }

        StageTables tables = StageTables.Read(path);
        KnapsackPart[][] parts = [.. Enumerable.Range(0, tables.Resolutions).Select(tables.Parts)];
        output.WriteLine("limit ms   exact loss  resolution  first s  again s   aging-evolution  hat-evolution (10,000 evaluations, median of 3 seeds)");
        foreach (double limit in Limits)
        {
            (KnapsackChoice? best, int place, double first) = Solve(parts, limit);
            double again = Solve(parts, limit).Seconds;
            string[] evolved = [.. new[] { "aging-evolution", "hat-evolution" }.Select(name => Evolve(tables, limit, name).ToString("f4", CultureInfo.InvariantCulture))];
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{limit,8}   {best?.Score,10:f4}  {Resolutions[place],10}  {first,7:f3}  {again,7:f3}   {evolved[0],15}  {evolved[1],13}"));
        }

        return 0;
    }

    private static (KnapsackChoice? Best, int Place, double Seconds) Solve(KnapsackPart[][] parts, double limit)
    {
        long start = Stopwatch.GetTimestamp();
        KnapsackChoice?[] choices = [.. parts.Select(stage => MultipleChoiceKnapsack.Solve(stage, limit))];
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        int place = Enumerable.Range(0, choices.Length).MinBy(index => choices[index]?.Score ?? double.PositiveInfinity);
        return (choices[place], place, seconds);
    }

    private static double Evolve(StageTables tables, double limit, string name)
    {
        double[] losses = [.. Enumerable.Range(1, Seeds).Select(seed => Evolve(new StageProblem(tables, limit), name, seed)).Order()];
        return losses[Seeds / 2];
    }

    private static double Evolve(StageProblem stages, string name, long seed)
    {
        SearchAlgorithmOptions options = SearchAlgorithmRegistry.Default.Find(name).ReadOptions(null);
        ISearchAlgorithm algorithm = SearchAlgorithmRegistry.Default.Create(name, stages.Problem, seed, options);
        double best = double.PositiveInfinity;
        for (int spent = 0; spent < Evaluations; spent += options.GenerationSize)
        {
            Evaluation[] told = [.. algorithm.Ask(options.GenerationSize).Select(stages.Evaluate)];
            algorithm.Tell(told);
            best = Math.Min(best, told.Where(evaluation => stages.Problem.Violation(evaluation) == 0).Select(evaluation => stages.Problem.Costs(evaluation)[0]).DefaultIfEmpty(double.PositiveInfinity).Min());
        }

        return best;
    }

    /// <summary>The table as a space: a resolution, and for each stage a file and, in two digits, a place in it from the fastest.</summary>
    private sealed class StageProblem
    {
        private const int High = 16;
        private const int Low = 32;
        private static readonly MetricKey Loss = new("loss");
        private static readonly MetricKey Latency = new("latency", "table");

        private readonly StageRow[][][][] _rows;

        public StageProblem(StageTables tables, double limit)
        {
            _rows = [.. Enumerable.Range(0, tables.Resolutions).Select(resolution => tables.Stages.Select(stage =>
                tables.Files.Where(file => file.StartsWith(stage + "_", StringComparison.Ordinal)).Select(file => tables.RowsOf(file, resolution)).ToArray()).ToArray())];
            ImmutableArray<double> Numbers(int count) => [.. Enumerable.Range(0, count).Select(number => (double)number)];
            ImmutableArray<Gene> genes =
            [
                new Gene("resolution", 0, Numbers(tables.Resolutions)),
                .. tables.Stages.Select((_, stage) => new Gene("file", stage, Numbers(_rows[0][stage].Length)) { IsCategorical = true }),
                .. tables.Stages.Select((_, stage) => new Gene("high", stage, Numbers(High))),
                .. tables.Stages.Select((_, stage) => new Gene("low", stage, Numbers(Low))),
            ];
            Objective[] objectives = [new Objective(Loss, Goal.Minimize)];
            Constraint[] constraints = [new Constraint(Latency, null, limit)];
            SearchSpace space = new("stages", "table", 1, new SpaceTask("image-classification", "none", 1, 10), new Layout(genes), objectives, constraints);
            Problem = new SearchProblem(space, objectives, constraints);
        }

        public SearchProblem Problem { get; }

        public Evaluation Evaluate(Genotype genotype)
        {
            (double loss, double milliseconds) = (0, 0);
            int stages = _rows[0].Length;
            for (int stage = 0; stage < stages; stage++)
            {
                StageRow[] rows = _rows[genotype.Choices[0]][stage][genotype.Choices[1 + stage]];
                int place = (genotype.Choices[1 + stages + stage] * Low) + genotype.Choices[1 + (2 * stages) + stage];
                StageRow row = rows[place * rows.Length / (High * Low)];
                (loss, milliseconds) = (loss + row.Loss, milliseconds + row.Milliseconds);
            }

            return new Evaluation(genotype, new MetricSet((Loss.ToString(), loss), (Latency.ToString(), milliseconds)));
        }

        private sealed record Layout(ImmutableArray<Gene> Genes) : SpaceLayout(Genes);
    }
}
