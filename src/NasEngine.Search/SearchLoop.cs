using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;

namespace NasEngine.Search;

/// <summary>Runs an algorithm against an evaluator: asks, waits, tells, and hands every generation out.</summary>
public static class SearchLoop
{
    /// <summary>Runs a search from its beginning.</summary>
    /// <inheritdoc cref="RunAsync(ISearchAlgorithm, ICandidateEvaluator, int, int, int, CancellationToken)"/>
    public static IAsyncEnumerable<IReadOnlyList<Evaluation>> RunAsync(
        ISearchAlgorithm algorithm, ICandidateEvaluator evaluator, int generationSize, int budget, CancellationToken cancellationToken) =>
        RunAsync(algorithm, evaluator, generationSize, budget, 0, cancellationToken);

    /// <summary>Runs a search, or the rest of one that was stopped.</summary>
    /// <param name="algorithm">The algorithm; it was told what is stored.</param>
    /// <param name="evaluator">Finds the values.</param>
    /// <param name="generationSize">How many architectures are proposed at once; at least 1. A divisor of a population's size makes a resumed search go on exactly as it would have.</param>
    /// <param name="budget">How many evaluations the whole search may take, those before it was stopped included.</param>
    /// <param name="alreadySpent">How many evaluations are stored and told. The first generation is the rest of the one that was stopped.</param>
    /// <param name="cancellationToken">Stops between architectures.</param>
    /// <returns>
    /// The generations; store each before asking for the next. They end when the budget is spent or the space is exhausted.
    /// If the evaluator stops within a generation, what it has found comes first, its exception with the next call.
    /// </returns>
    public static IAsyncEnumerable<IReadOnlyList<Evaluation>> RunAsync(
        ISearchAlgorithm algorithm, ICandidateEvaluator evaluator, int generationSize, int budget, int alreadySpent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentNullException.ThrowIfNull(evaluator);
        ArgumentOutOfRangeException.ThrowIfLessThan(generationSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(alreadySpent);
        return IterateAsync(algorithm, evaluator, generationSize, budget, alreadySpent, cancellationToken);
    }

    private static async IAsyncEnumerable<IReadOnlyList<Evaluation>> IterateAsync(
        ISearchAlgorithm algorithm, ICandidateEvaluator evaluator, int generationSize, int budget, int spent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (spent < budget)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<Genotype> proposals = algorithm.Ask(Math.Min(generationSize - (spent % generationSize), budget - spent));
            if (proposals.Count == 0)
            {
                yield break;
            }

            List<Evaluation> generation = new(proposals.Count);
            ExceptionDispatchInfo? stopped = await EvaluateAsync(evaluator, proposals, generation, cancellationToken).ConfigureAwait(false);
            if (generation.Count > 0)
            {
                algorithm.Tell(generation);
                spent += generation.Count;
                yield return generation;
            }

            stopped?.Throw();
            if (generation.Count != proposals.Count)
            {
                throw new InvalidOperationException($"The evaluator gave {generation.Count} evaluations for {proposals.Count} proposals.");
            }
        }
    }

    private static async Task<ExceptionDispatchInfo?> EvaluateAsync(
        ICandidateEvaluator evaluator, IReadOnlyList<Genotype> proposals, List<Evaluation> generation, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (Evaluation evaluation in evaluator.EvaluateAsync(proposals, cancellationToken).ConfigureAwait(false))
            {
                generation.Add(evaluation);
            }

            return null;
        }
        catch (Exception problem) when (generation.Count > 0)
        {
            return ExceptionDispatchInfo.Capture(problem); // thrown once the caller has stored what was found
        }
    }
}
