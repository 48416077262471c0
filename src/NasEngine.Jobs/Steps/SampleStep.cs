using System.Globalization;
using NasEngine.Core.Progress;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Runs;

namespace NasEngine.Jobs.Steps;

/// <summary>Evaluates architectures with inherited weights, to fit accuracy predictors on.</summary>
internal sealed class SampleStep : IRunStep
{
    public const string Stage = "sample";

    public string Name => "sample";

    public IReadOnlyList<string> Needs => ["train"];

    public async Task<object> RunAsync(RunContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<Genotype> sample = context.Sample(context.Experiment.Fit.Architectures);
        await EvaluateAsync(context, Stage, "evaluate subnets", sample, cancellationToken).ConfigureAwait(false);
        return new { architectures = sample.Count };
    }

    /// <summary>Evaluates and stores each subnet as soon as it is known; what is stored already is left out.</summary>
    /// <remarks>On the validation part of the data; in <see cref="VerifyStep.TestStage"/> on the test part.</remarks>
    /// <returns>The evaluations of these subnets, in their order.</returns>
    public static async Task<IReadOnlyList<Evaluation>> EvaluateAsync(
        RunContext context, string stage, string title, IReadOnlyList<Genotype> genotypes, CancellationToken cancellationToken)
    {
        TorchSetup.UseThreads(context.Experiment.Train.Threads);
        Dictionary<Genotype, Evaluation> known = await KnownAsync(context, stage, cancellationToken).ConfigureAwait(false);
        int done = genotypes.Count(known.ContainsKey);
        using IProgressTask progress = context.Services.Progress.Start(title, genotypes.Count, "subnet", done);
        foreach (Genotype genotype in genotypes.Where(genotype => !known.ContainsKey(genotype)).ToList())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (known.ContainsKey(genotype))
            {
                continue;
            }

            (MetricSet metrics, double accuracy) = Evaluate(context, stage, genotype);
            known.Add(genotype, new Evaluation(genotype, metrics));
            await context.Store.AppendEvaluationsAsync(context.Run.Id, stage, [(context.Space.Format(genotype), metrics)], CancellationToken.None).ConfigureAwait(false);
            progress.Report(++done, string.Create(CultureInfo.InvariantCulture, $"accuracy {accuracy:0.0 %}"));
        }

        return [.. genotypes.Select(genotype => known[genotype])];
    }

    /// <summary>Gives what a stage holds of some architectures, in their order whoever evaluated them when.</summary>
    public static async Task<IReadOnlyList<Evaluation>> InOrderAsync(RunContext context, string stage, IReadOnlyList<Genotype> genotypes, CancellationToken cancellationToken)
    {
        Dictionary<Genotype, Evaluation> known = await KnownAsync(context, stage, cancellationToken).ConfigureAwait(false);
        return [.. genotypes.Distinct().Where(known.ContainsKey).Select(genotype => known[genotype])];
    }

    private static async Task<Dictionary<Genotype, Evaluation>> KnownAsync(RunContext context, string stage, CancellationToken cancellationToken) =>
        (await context.StoredAsync(stage, cancellationToken).ConfigureAwait(false)).ToDictionary(evaluation => evaluation.Genotype);

    private static (MetricSet Metrics, double Accuracy) Evaluate(RunContext context, string stage, Genotype genotype)
    {
        if (stage == VerifyStep.TestStage)
        {
            (double tested, double testLoss, _) = context.Evaluator.Test(genotype);
            return (new MetricSet(("test.accuracy", tested), ("test.loss", testLoss)), tested);
        }

        (double accuracy, double loss, _) = context.Evaluator.Validate(genotype);
        return (new MetricSet(("accuracy", accuracy), ("loss", loss)).With(context.Costs(genotype)), accuracy);
    }
}
