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

    /// <summary>Evaluates on the validation part and stores each subnet as soon as it is known; what is stored already is left out.</summary>
    public static async Task<IReadOnlyList<Evaluation>> EvaluateAsync(
        RunContext context, string stage, string title, IReadOnlyList<Genotype> genotypes, CancellationToken cancellationToken)
    {
        TorchSetup.UseThreads(context.Experiment.Train.Threads);
        List<Evaluation> known = await context.StoredAsync(stage, cancellationToken).ConfigureAwait(false);
        HashSet<Genotype> done = [.. known.Select(evaluation => evaluation.Genotype)];
        using IProgressTask progress = context.Services.Progress.Start(title, genotypes.Count, "subnet", done.Count);
        foreach (Genotype genotype in genotypes)
        {
            if (!done.Add(genotype))
            {
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            (double accuracy, double loss, _) = context.Evaluator.Validate(genotype);
            Evaluation evaluation = new(genotype, new MetricSet(("accuracy", accuracy), ("loss", loss)).With(context.Costs(genotype)));
            known.Add(evaluation);
            await context.Store.AppendEvaluationsAsync(context.Run.Id, stage, [(context.Space.Format(genotype), evaluation.Metrics)], CancellationToken.None).ConfigureAwait(false);
            progress.Report(done.Count, string.Create(CultureInfo.InvariantCulture, $"accuracy {accuracy:0.0 %}"));
        }

        return known;
    }
}
