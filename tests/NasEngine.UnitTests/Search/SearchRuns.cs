using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Search;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Search;

/// <summary>Whole searches of synthetic problems.</summary>
internal static class SearchRuns
{
    public static List<Evaluation> Run(SearchProblem problem, string name, long seed, int budget, SearchAlgorithmOptions? options = null, Func<SearchProblem, IEnumerable<Genotype>, IReadOnlyList<Evaluation>>? evaluate = null)
    {
        options ??= SearchAlgorithmRegistry.Default.Find(name).ReadOptions(null);
        ISearchAlgorithm algorithm = SearchAlgorithmRegistry.Default.Create(name, problem, seed, options);
        List<Evaluation> evaluations = [];
        while (evaluations.Count < budget && algorithm.Ask(Math.Min(options.GenerationSize - (evaluations.Count % options.GenerationSize), budget - evaluations.Count)) is { Count: > 0 } proposals)
        {
            IReadOnlyList<Evaluation> generation = (evaluate ?? SyntheticProblem.EvaluateAll)(problem, proposals);
            algorithm.Tell(generation);
            evaluations.AddRange(generation);
        }

        return evaluations;
    }

    /// <summary>Gives the hypervolume of a synthetic problem with two objectives at the reference that its tests share.</summary>
    public static double FinalHypervolume(SearchProblem problem, string name, long seed, int budget) =>
        HypervolumeHistory.Compute(problem, Run(problem, name, seed, budget), [0, 30]).Points[^1].Hypervolume;
}
