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
        IReadOnlyList<Evaluation> candidates = await CandidatesAsync(context, cancellationToken).ConfigureAwait(false);
        Genotype[] genotypes = [.. candidates.Select(candidate => candidate.Genotype)];
        await SampleStep.EvaluateAsync(context, ScoreStage, "evaluate candidates", genotypes, cancellationToken).ConfigureAwait(false);
        foreach (string device in context.Experiment.Devices)
        {
            await ProfileStep.MeasureAsync(context, device, $"measure candidates on {device}", genotypes, cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<StoredEvaluation> front = await CombineAsync(context, candidates, cancellationToken).ConfigureAwait(false);
        await SampleStep.EvaluateAsync(context, TestStage, "test the front", [.. front.Select(member => context.Restore(member).Genotype)], cancellationToken).ConfigureAwait(false);
        return new { candidates = candidates.Count, front = front.Count };
    }

    /// <summary>Gives what the search found that is worth evaluating: its front, spread out if it is long.</summary>
    public static async Task<IReadOnlyList<Evaluation>> CandidatesAsync(RunContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredEvaluation> promising = await context.Store.GetFrontAsync(
            context.Run.Id, SearchStep.Stage, context.Experiment.Objectives, context.Experiment.Constraints, cancellationToken).ConfigureAwait(false);
        return Spread(context.Experiment.Problem, [.. promising.Select(context.Restore)], context.Experiment.Search.Verify);
    }

    /// <summary>Puts together what was evaluated and measured of the candidates, and gives the front.</summary>
    /// <exception cref="Core.Errors.InfeasibleConstraintException">Nothing keeps within the limits.</exception>
    public static async Task<IReadOnlyList<StoredEvaluation>> CombineAsync(RunContext context, IReadOnlyList<Evaluation> candidates, CancellationToken cancellationToken)
    {
        IReadOnlyList<Evaluation> scored = await SampleStep.InOrderAsync(context, ScoreStage, [.. candidates.Select(candidate => candidate.Genotype)], cancellationToken).ConfigureAwait(false);
        Dictionary<Genotype, MetricSet> values = scored.ToDictionary(evaluation => evaluation.Genotype, evaluation => evaluation.Metrics);
        foreach (string device in context.Experiment.Devices)
        {
            Dictionary<string, StoredMeasurement> measured = await ProfileStep.MeasuredAsync(context, device, cancellationToken).ConfigureAwait(false);
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
        return Infeasibility.Find(context.Experiment.Problem, verified) is Exception nothing
            ? throw nothing
            : await FrontAsync(context, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the run's front: what was evaluated and measured, within the limits and dominated by nothing.</summary>
    public static Task<IReadOnlyList<StoredEvaluation>> FrontAsync(RunContext context, CancellationToken cancellationToken) =>
        context.Store.GetFrontAsync(context.Run.Id, Stage, context.Experiment.Objectives, context.Experiment.Constraints, cancellationToken);

    private static MetricSet Predicted(MetricSet metrics) =>
        new(metrics.Where(pair => pair.Key is "accuracy" or "loss").Select(pair => KeyValuePair.Create($"predicted.{pair.Key}", pair.Value)));

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
