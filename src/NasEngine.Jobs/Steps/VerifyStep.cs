using NasEngine.Core.Objectives;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Profiling;
using NasEngine.Jobs.Runs;
using NasEngine.Search;

namespace NasEngine.Jobs.Steps;

/// <summary>Evaluates and measures what the search found: the front of a run is what holds up, not what was predicted.</summary>
internal sealed class VerifyStep : IRunStep
{
    /// <summary>The stage with evaluated and measured values, from which fronts are read.</summary>
    public const string Stage = "verify";

    /// <summary>The stage with accuracies on the validation part, each stored as soon as it is known.</summary>
    public const string ScoreStage = "verify-scores";

    /// <summary>The stage with accuracies on the test part, for members of the front alone.</summary>
    public const string TestStage = "test";

    public string Name => "verify";

    public IReadOnlyList<string> Needs => ["search"];

    public async Task<object> RunAsync(RunContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredEvaluation> promising = await context.Store.GetFrontAsync(
            context.Run.Id, SearchStep.Stage, context.Experiment.Objectives, context.Experiment.Constraints, cancellationToken).ConfigureAwait(false);
        Evaluation[] candidates = Spread(context.Experiment.Problem, [.. promising.Select(context.Restore)], context.Experiment.Search.Verify);
        Genotype[] genotypes = [.. candidates.Select(candidate => candidate.Genotype)];
        IReadOnlyList<Evaluation> scored = await SampleStep.EvaluateAsync(context, ScoreStage, "evaluate candidates", genotypes, cancellationToken).ConfigureAwait(false);
        Dictionary<Genotype, MetricSet> values = scored.ToDictionary(evaluation => evaluation.Genotype, evaluation => evaluation.Metrics);
        foreach (string device in context.Experiment.Devices)
        {
            Dictionary<string, StoredMeasurement> measured = await ProfileStep.MeasureAsync(context, device, $"measure candidates on {device}", genotypes, cancellationToken).ConfigureAwait(false);
            DeviceSpeed speed = new(context.Sample(context.Experiment.Profile.Architectures).Select(genotype => measured[context.MeasurementKey(genotype)]));
            foreach (Evaluation candidate in candidates)
            {
                string key = $"latency@{device}";
                (double median, double low, double high) = speed.AtReference(measured[context.MeasurementKey(candidate.Genotype)]);
                values[candidate.Genotype] = values[candidate.Genotype].With(
                    new MetricSet((key, median), ($"latency.low@{device}", low), ($"latency.high@{device}", high), ($"predicted.{key}", candidate.Metrics[key])));
            }
        }

        Evaluation[] verified = [.. candidates.Select(candidate => new Evaluation(candidate.Genotype, values[candidate.Genotype].With(Predicted(candidate.Metrics))))];
        await context.Store.AppendEvaluationsAsync(
            context.Run.Id, Stage, [.. verified.Select(evaluation => (context.Space.Format(evaluation.Genotype), evaluation.Metrics))], CancellationToken.None).ConfigureAwait(false);
        if (Infeasibility.Find(context.Experiment.Problem, verified) is Exception nothing)
        {
            throw nothing;
        }

        IReadOnlyList<StoredEvaluation> front = await FrontAsync(context, cancellationToken).ConfigureAwait(false);
        await TestAsync(context, [.. front.Select(member => context.Restore(member).Genotype)], cancellationToken).ConfigureAwait(false);
        return new { candidates = candidates.Length, front = front.Count };
    }

    /// <summary>Reads the run's front: what was evaluated and measured, within the limits and dominated by nothing.</summary>
    public static Task<IReadOnlyList<StoredEvaluation>> FrontAsync(RunContext context, CancellationToken cancellationToken) =>
        context.Store.GetFrontAsync(context.Run.Id, Stage, context.Experiment.Objectives, context.Experiment.Constraints, cancellationToken);

    private static MetricSet Predicted(MetricSet metrics) =>
        new(metrics.Where(pair => pair.Key is "accuracy" or "loss").Select(pair => KeyValuePair.Create($"predicted.{pair.Key}", pair.Value)));

    private static async Task TestAsync(RunContext context, IReadOnlyList<Genotype> front, CancellationToken cancellationToken)
    {
        HashSet<Genotype> done = [.. (await context.StoredAsync(TestStage, cancellationToken).ConfigureAwait(false)).Select(evaluation => evaluation.Genotype)];
        using Core.Progress.IProgressTask progress = context.Services.Progress.Start("test the front", front.Count, "subnet", done.Count);
        foreach (Genotype genotype in front.Where(done.Add))
        {
            cancellationToken.ThrowIfCancellationRequested();
            (double accuracy, double loss, _) = context.Evaluator.Test(genotype);
            MetricSet metrics = new(("test.accuracy", accuracy), ("test.loss", loss));
            await context.Store.AppendEvaluationsAsync(context.Run.Id, TestStage, [(context.Space.Format(genotype), metrics)], CancellationToken.None).ConfigureAwait(false);
            progress.Report(done.Count);
        }
    }

    // The ends of the front, and between them what lies nearest to even steps of the last objective, on a logarithmic scale where
    // costs are positive: latencies of a front span a factor, not a difference.
    private static Evaluation[] Spread(SearchProblem problem, Evaluation[] front, int count)
    {
        if (front.Length <= count)
        {
            return front;
        }

        Objective objective = problem.Objectives[^1];
        double Place(Evaluation evaluation)
        {
            double value = evaluation.Metrics[objective.Key.ToString()];
            return value > 0 ? Math.Log(value) : value;
        }

        List<Evaluation> left = [.. front.OrderBy(Place)];
        (double first, double last) = (Place(left[0]), Place(left[^1]));
        List<Evaluation> chosen = [];
        for (int index = 0; index < count; index++)
        {
            double wanted = count == 1 ? first : first + ((last - first) * index / (count - 1));
            Evaluation nearest = left.MinBy(candidate => Math.Abs(Place(candidate) - wanted))!;
            left.Remove(nearest);
            chosen.Add(nearest);
        }

        return [.. chosen.OrderBy(Place)];
    }
}
