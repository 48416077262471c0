using System.Runtime.CompilerServices;
using NasEngine.Core.Errors;
using NasEngine.Core.Predictors;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Runs;
using NasEngine.Networks.Kernels;
using NasEngine.Predictors;

namespace NasEngine.Jobs.Steps;

/// <summary>Predicts everything that a search wants to know of an architecture, in microseconds.</summary>
internal sealed class CandidatePredictor : ICandidateEvaluator
{
    private readonly RunContext _context;
    private readonly ArchitectureFeatures _shapes;
    private readonly LatencyFeatures _kernels;
    private readonly List<(string Key, IPredictor Predictor)> _accuracy = [];
    private readonly List<(string Key, IPredictor Predictor)> _latency = [];

    private CandidatePredictor(RunContext context) =>
        (_context, _shapes, _kernels) = (context, new ArchitectureFeatures(context.Space), new LatencyFeatures(context.Family, context.Space));

    /// <summary>Reads the run's predictors from the store.</summary>
    public static async Task<CandidatePredictor> LoadAsync(RunContext context, CancellationToken cancellationToken)
    {
        CandidatePredictor all = new(context);
        foreach (string target in (string[])["accuracy", "loss"])
        {
            all._accuracy.Add((target, await ReadAsync(context, target, cancellationToken).ConfigureAwait(false)));
        }

        foreach (string device in context.Experiment.Devices)
        {
            string target = $"latency@{device}";
            all._latency.Add((target, await ReadAsync(context, target, cancellationToken).ConfigureAwait(false)));
        }

        return all;
    }

    /// <summary>Gives the features that accuracy is predicted from: the genes, and how large the network is.</summary>
    public static FeatureTable AccuracyFeatures(RunContext context, IEnumerable<Genotype> genotypes)
    {
        ArchitectureFeatures shapes = new(context.Space);
        return new FeatureTable([.. shapes.Columns, "log.macs", "log.parameters"], genotypes.Select(genotype => AccuracyRow(shapes, genotype, context.Costs(genotype))));
    }

    /// <summary>Predicts one architecture.</summary>
    public MetricSet Predict(Genotype genotype)
    {
        MetricSet costs = _context.Costs(genotype);
        double[] shape = AccuracyRow(_shapes, genotype, costs);
        IEnumerable<KeyValuePair<string, double>> values = _accuracy.Select(pair => KeyValuePair.Create(pair.Key, pair.Predictor.Predict(shape)));
        if (_latency.Count > 0)
        {
            double[] kernels = _kernels.Of(genotype);
            values = values.Concat(_latency.Select(pair => KeyValuePair.Create(pair.Key, pair.Predictor.Predict(kernels))));
        }

        return new MetricSet(values).With(costs);
    }

    public async IAsyncEnumerable<Evaluation> EvaluateAsync(IReadOnlyList<Genotype> proposals, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (Genotype proposal in proposals)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new Evaluation(proposal, Predict(proposal));
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    private static double[] AccuracyRow(ArchitectureFeatures shapes, Genotype genotype, MetricSet costs) =>
        [.. shapes.Of(genotype), Math.Log(costs["macs"]), Math.Log(costs["parameters"])];

    private static async Task<IPredictor> ReadAsync(RunContext context, string target, CancellationToken cancellationToken)
    {
        StoredPredictor stored = await context.Store.GetPredictorAsync(context.Run.Id, target, cancellationToken).ConfigureAwait(false)
            ?? throw new WorkFailedException($"Run {context.Run.Id} has no predictor for {target}. Run 'nas fit' first.");
        return PredictorFile.Parse($"{context.Services.Workplace.Database}: predictor of {target}", stored.Model);
    }
}
