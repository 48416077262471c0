using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Search;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Search;

/// <summary>Whole searches of synthetic problems, in generations of the algorithms' own size.</summary>
internal static class SearchRuns
{
    /// <summary>The reference of the synthetic problem with two objectives that its tests share.</summary>
    public static readonly double[] Reference = [0, 30];

    public static double Hypervolume(SearchProblem problem, string name, long seed, int budget, SearchAlgorithmOptions? options = null) =>
        HypervolumeHistory.Compute(problem, Run(problem, name, seed, budget, options), Reference).Points[^1].Hypervolume;

    public static List<Evaluation> Run(
        SearchProblem problem, string name, long seed, int budget, SearchAlgorithmOptions? options = null, Func<SearchProblem, IEnumerable<Genotype>, IReadOnlyList<Evaluation>>? evaluate = null)
    {
        options ??= SearchAlgorithmRegistry.Default.Find(name).ReadOptions(null);
        return Run(SearchAlgorithmRegistry.Default.Create(name, problem, seed, options), problem, options.GenerationSize, budget, evaluate);
    }

    public static List<Evaluation> Run(
        ISearchAlgorithm algorithm, SearchProblem problem, int portion, int budget, Func<SearchProblem, IEnumerable<Genotype>, IReadOnlyList<Evaluation>>? evaluate = null)
    {
        List<Evaluation> evaluations = [];
        while (evaluations.Count < budget && algorithm.Ask(Math.Min(portion - (evaluations.Count % portion), budget - evaluations.Count)) is { Count: > 0 } proposals)
        {
            IReadOnlyList<Evaluation> generation = (evaluate ?? SyntheticProblem.EvaluateAll)(problem, proposals);
            algorithm.Tell(generation);
            evaluations.AddRange(generation);
        }

        return evaluations;
    }
}
