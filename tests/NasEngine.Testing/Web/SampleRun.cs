using System.Text;
using System.Text.Json;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Runs;

namespace NasEngine.Testing.Web;

/// <summary>A run with everything that pages show, put into a store without any work being done.</summary>
public static class SampleRun
{
    /// <summary>Gets the space of the run.</summary>
    public const string Space =
        """
        { "name": "sample-space", "family": "mobile-cnn", "version": 1,
          "task": { "kind": "image-classification", "data": "drawn", "channels": 1, "classes": 4 },
          "dimensions": [
            { "name": "resolution", "choices": [8, 12, 16] },
            { "name": "depth", "per": "stage", "choices": [1, 2, 3] },
            { "name": "kernel", "per": "block", "choices": [3, 5, 7] },
            { "name": "expand", "per": "block", "choices": [2, 3, 4] } ],
          "stem": { "channels": 8, "kernel": 3, "stride": 1 },
          "stages": [ { "channels": 8, "stride": 2 }, { "channels": 16, "stride": 2 } ],
          "head": { "channels": 16 },
          "objectives": [ { "metric": "accuracy", "goal": "maximize" }, { "metric": "latency", "device": "local", "goal": "minimize" } ] }
        """;

    /// <summary>Gives the experiment of a run.</summary>
    public static string ExperimentText(string name, long seed = 1) =>
        $$"""{ "name": "{{name}}", "space": {{Space}}, "seed": {{seed}}, "train": { "steps": 60 }, "search": { "evaluations": 500, "verify": 8 } }""";

    /// <summary>Adds a run whose search is done.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">The run's name.</param>
    /// <param name="evaluations">Architectures that the search looked at.</param>
    /// <param name="createdAt">When it began.</param>
    /// <returns>The run.</returns>
    public static async Task<RunRecord> AddAsync(IRunStore store, string name, int evaluations, DateTimeOffset createdAt)
    {
        Experiment experiment = ExperimentReader.ReadText(name, Encoding.UTF8.GetBytes(ExperimentText(name)));
        RunRecord run = new(RunKey.RunId(experiment), name, experiment.Space.Name, experiment.Space.Fingerprint, experiment.Document, experiment.Seed, RunState.Done, createdAt, """{"host":"test"}""");
        await store.PutSpaceAsync(experiment.Space.Fingerprint, experiment.Space.Name, experiment.SpaceText, CancellationToken.None).ConfigureAwait(false);
        await store.AddRunAsync(run, CancellationToken.None).ConfigureAwait(false);
        IReadOnlyList<(string Genotype, MetricSet Metrics)> drawn = Draw(experiment.Space, evaluations);
        foreach ((string Genotype, MetricSet Metrics)[] batch in drawn.Chunk(1000))
        {
            await store.AppendEvaluationsAsync(run.Id, "search", batch, CancellationToken.None).ConfigureAwait(false);
        }

        await store.AppendEvaluationsAsync(run.Id, "verify", [.. drawn.Take(8).Select(Verified)], CancellationToken.None).ConfigureAwait(false);
        await store.AppendEvaluationsAsync(run.Id, "test", [.. drawn.Take(8).Select(pair => (pair.Genotype, new MetricSet(("test.accuracy", pair.Metrics["accuracy"] - 0.01))))], CancellationToken.None).ConfigureAwait(false);
        await store.PutStepAsync(run.Id, new StepRecord("train", "key", """{"checkpoint":"a","steps":60,"stepsHere":60,"seconds":1,"stepsPerSecond":60,"loss":1.2,"curve":[{"step":10,"learningRate":0.1,"largestLoss":2.1,"smallestLoss":2.2,"randomLoss":null}]}""", createdAt.AddMinutes(1)), CancellationToken.None).ConfigureAwait(false);
        await store.PutPredictorAsync(run.Id, new StoredPredictor("accuracy", "ensemble", "key", "{}", """{"target":"accuracy","kind":"ensemble","architectures":40,"heldOut":10,"kendallTau":0.6,"spearman":0.7,"mapePercent":1.2,"within5":1,"within10":1,"pairs":[{"predicted":0.8,"measured":0.81}]}"""), CancellationToken.None).ConfigureAwait(false);
        return run;
    }

    /// <summary>Draws different architectures with plausible values: larger ones are better and slower.</summary>
    public static IReadOnlyList<(string Genotype, MetricSet Metrics)> Draw(SearchSpace space, int count)
    {
        ArgumentNullException.ThrowIfNull(space);
        Random random = new(5);
        Dictionary<string, MetricSet> drawn = new(StringComparer.Ordinal);
        while (drawn.Count < count)
        {
            Genotype genotype = space.Sample(random);
            double size = genotype.Choices.Sum(static choice => choice + 1.0) / genotype.Choices.Length;
            drawn.TryAdd(space.Format(genotype), new MetricSet(
                ("accuracy", 0.5 + (0.1 * size) + (0.02 * random.NextDouble())), ("latency@local", 0.01 * size * (1 + (0.2 * random.NextDouble()))),
                ("loss", 1.5 - (0.2 * size)), ("macs", 1e5 * size), ("parameters", 1e4 * size), ("memory", 2e4)));
        }

        return [.. drawn.Select(pair => (pair.Key, pair.Value))];
    }

    /// <summary>Gives the body of a request that starts a run.</summary>
    public static string StartRequest(string name) => JsonSerializer.Serialize(new { experiment = JsonSerializer.Deserialize<JsonElement>(ExperimentText(name)) });

    private static (string Genotype, MetricSet Metrics) Verified((string Genotype, MetricSet Metrics) searched)
    {
        double latency = searched.Metrics["latency@local"] * 1.02;
        return (searched.Genotype, searched.Metrics.With(new MetricSet(
            ("predicted.accuracy", searched.Metrics["accuracy"]), ("predicted.latency@local", searched.Metrics["latency@local"]),
            ("latency@local", latency), ("latency.low@local", latency * 0.99), ("latency.high@local", latency * 1.01))));
    }
}
