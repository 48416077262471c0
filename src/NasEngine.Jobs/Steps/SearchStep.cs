using System.Globalization;
using NasEngine.Core.Progress;
using NasEngine.Core.Search;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Runs;
using NasEngine.Search;

namespace NasEngine.Jobs.Steps;

/// <summary>Searches the space on predicted values.</summary>
internal sealed class SearchStep : IRunStep
{
    public const string Stage = "search";

    public string Name => "search";

    public IReadOnlyList<string> Needs => ["fit"];

    public async Task<object> RunAsync(RunContext context, CancellationToken cancellationToken) =>
        (await AdvanceAsync(context, null, cancellationToken).ConfigureAwait(false)).Result!;

    /// <summary>Searches on from what is stored.</summary>
    /// <param name="context">The run.</param>
    /// <param name="atLeast">After how much work it stops with the generation in hand; <see langword="null"/> to go on to the end.</param>
    /// <param name="cancellationToken">Stops between architectures; whole ones are kept.</param>
    /// <returns>How many are evaluated, and the step's result if the search is at its end.</returns>
    public static async Task<(int Evaluations, object? Result)> AdvanceAsync(RunContext context, TimeSpan? atLeast, CancellationToken cancellationToken)
    {
        long started = context.Services.Time.GetTimestamp();
        SearchOptions options = context.Experiment.Search;
        SearchProblem problem = context.Experiment.Problem;
        ISearchAlgorithm algorithm = SearchAlgorithmRegistry.Default.Create(options.Algorithm, problem, context.Seeds.Child("search").Seed, options.Options);
        List<Evaluation> all = await context.StoredAsync(Stage, cancellationToken).ConfigureAwait(false);
        if (all.Count > 0)
        {
            algorithm.Tell(all);
        }

        CandidatePredictor predictor = await CandidatePredictor.LoadAsync(context, cancellationToken).ConfigureAwait(false);
        using IProgressTask progress = context.Services.Progress.Start("search", options.Evaluations, "network", all.Count);
        await foreach (IReadOnlyList<Evaluation> generation in SearchLoop.RunAsync(
            algorithm, predictor, options.Options.GenerationSize, options.Evaluations, all.Count, cancellationToken).ConfigureAwait(false))
        {
            await context.Store.AppendEvaluationsAsync(
                context.Run.Id, Stage, [.. generation.Select(evaluation => (context.Space.Format(evaluation.Genotype), evaluation.Metrics))], CancellationToken.None).ConfigureAwait(false);
            all.AddRange(generation);
            progress.Report(all.Count, string.Create(CultureInfo.InvariantCulture, $"{all.Count(evaluation => problem.Violation(evaluation) == 0)} within the limits"));
            if (atLeast is TimeSpan enough && all.Count < options.Evaluations && context.Services.Time.GetElapsedTime(started) >= enough)
            {
                return (all.Count, null);
            }
        }

        return Infeasibility.Find(problem, all) is Exception nothing ? throw nothing : (all.Count, new { evaluations = all.Count, algorithm = options.Algorithm });
    }
}
