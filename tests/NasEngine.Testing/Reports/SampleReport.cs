using System.Numerics;
using NasEngine.Core.Objectives;
using NasEngine.Reports.Content;

namespace NasEngine.Testing.Reports;

/// <summary>A report as a run of a few minutes would fill it. The same on every call.</summary>
public static class SampleReport
{
    /// <summary>Gives the full report.</summary>
    public static RunReport Create()
    {
        Random random = new(7);
        FrontNetwork[] front = [.. Enumerable.Range(0, 12).Select(index => Network(index, random))];
        return new RunReport
        {
            Name = "fashion-quickstart",
            Id = "20260314-101500-fashion-quickstart",
            Space = new SpaceSummary("fashion-mobile", "mobile-cnn", BigInteger.Parse("1286742750677284480", System.Globalization.CultureInfo.InvariantCulture)),
            Data = "fashion-mnist, 55000 training, 5000 validation and 10000 test images",
            Seed = 42,
            StartedAt = new DateTimeOffset(2026, 3, 14, 10, 15, 0, TimeSpan.Zero),
            Duration = TimeSpan.FromSeconds(342),
            Command = "nas run experiments/quickstart.json --seed 42",
            Device = new DeviceSummary(
                "local", "9f2c61d07ab34e55", "Intel Xeon, ONNX Runtime 1.30.0, 1 thread, batch 1",
                ["the canary drifted by 6 % between 10:18 and 10:19; two blocks were measured again"], ["clock frequency", "other processes on the machine"]),
            Constraints = [new Constraint(new MetricKey("latency", "local"), null, 0.35)],
            Evaluations = [.. front.Select(network => new EvaluatedNetwork(network.Genotype, network.PredictedAccuracy, network.PredictedLatencyMs, network.Macs)), .. Dominated(random)],
            Front = front,
            Hypervolume = [.. Enumerable.Range(1, 80).Select(step => new HypervolumeStep(10 * step, 0.21 * (1 - Math.Exp(-step / 14.0))))],
            Predictors = [Quality("latency@local", "kernel-regression", 0.05, 0.3, 0.025, random), Quality("accuracy", "gradient-boosting", 0.80, 0.10, 0.006, random)],
            Training = Training(random),
            Chosen = front[8].Genotype,
            ChosenDrawing = Drawing(),
            StandAlone = new StandAloneAgreement(0.71, 8),
        };
    }

    /// <summary>Gives a report of a run that has next to nothing.</summary>
    public static RunReport CreateEmpty() => Create() with
    {
        Device = null,
        Constraints = [],
        Evaluations = [],
        Front = [],
        Hypervolume = [],
        Predictors = [],
        Training = null,
        Chosen = null,
        ChosenDrawing = null,
        StandAlone = null,
    };

    private static FrontNetwork Network(int index, Random random)
    {
        double latency = 0.05 + (0.022 * index);
        double accuracy = 0.852 + (0.046 * (1 - Math.Exp(-index / 4.5)));
        double spread = 0.02 + (0.03 * random.NextDouble());
        return new FrontNetwork($"resolution={20 + (4 * (index / 4))} depth={1 + (index / 5)},{1 + (index / 4)},2 kernel=3,-,-,5,{(index % 2 == 0 ? 3 : 7)},-,5,3,- expand=2,-,-,3,4,-,{2 + (index / 6)},3,-")
        {
            ValidationAccuracy = accuracy,
            TestAccuracy = accuracy - 0.004,
            PredictedAccuracy = accuracy + (0.004 * (random.NextDouble() - 0.5)),
            PredictedLatencyMs = latency * (1 + (0.12 * (random.NextDouble() - 0.5))),
            MeasuredLatency = new MeasuredLatency(latency, latency * (1 - spread), latency * (1 + (1.4 * spread))),
            Parameters = 21_000 + (19_000 * index),
            Macs = 0.9e6 + (1.15e6 * index),
            MemoryBytes = 61_440 + (18_000 * index),
        };
    }

    private static IEnumerable<EvaluatedNetwork> Dominated(Random random)
    {
        for (int index = 0; index < 788; index++)
        {
            double share = Math.Pow(random.NextDouble(), 1.4);
            double accuracy = 0.848 + (0.046 * (1 - Math.Exp(-share * 11 / 4.5))) - (0.03 * Math.Pow(random.NextDouble(), 2));
            yield return new EvaluatedNetwork($"dominated-{index}", accuracy, 0.056 + (0.28 * share), 1e6 + (13e6 * share));
        }
    }

    private static PredictorQuality Quality(string target, string kind, double low, double span, double noise, Random random) => new(
        target, kind, 64, 0.912, 0.031, 0.84, 0.984,
        [.. Enumerable.Range(0, 64).Select(index =>
        {
            double measured = low + (span * random.NextDouble());
            return new PredictedPair(measured + (noise * (random.NextDouble() + random.NextDouble() - 1)), measured);
        })]);

    private static TrainingCurve Training(Random random) => new(
        [.. Enumerable.Range(0, 900).Select(step => new TrainingLoss(
            step, Loss(step, 0.25, random), Loss(step, 0.52, random), Loss(step, 0.38, random), 0.002 * (1 - (step / 900.0))))],
        [.. Enumerable.Range(1, 6).SelectMany(epoch => new[]
        {
            new ValidationPoint(150 * epoch, "largest", 0.9 - (0.15 * Math.Exp(-epoch / 1.5))),
            new ValidationPoint(150 * epoch, "smallest", 0.86 - (0.22 * Math.Exp(-epoch / 1.5))),
        })]);

    private static double Loss(int step, double floor, Random random) => floor + (1.9 * Math.Exp(-step / 90.0)) + (0.12 * (random.NextDouble() - 0.5));

    private static NetworkDrawing Drawing() => new("1 × 28 × 28",
    [
        new StageDrawing("Stem", 28, [new BlockDrawing("Conv", 16, 3)]),
        new StageDrawing("Stage 1", 14, [new BlockDrawing("MBConv", 24, 3, 2), new BlockDrawing("MBConv", 24, 5, 3), new BlockDrawing("MBConv", 24, IsSkipped: true)]),
        new StageDrawing("Stage 2", 7, [new BlockDrawing("MBConv", 40, 5, 4), new BlockDrawing("MBConv", 40, 7, 2), new BlockDrawing("MBConv", 40, IsSkipped: true)]),
        new StageDrawing("Stage 3", 4, [new BlockDrawing("MBConv", 64, 3, 3), new BlockDrawing("MBConv", 64, IsSkipped: true), new BlockDrawing("MBConv", 64, IsSkipped: true)]),
        new StageDrawing("Head", 1, [new BlockDrawing("Conv", 128, 1)]),
    ], "10 classes");
}
