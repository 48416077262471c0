using NasEngine.Core.Search;
using NasEngine.Search;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Search;

/// <summary>Runs algorithms on synthetic problems, in generations of their own size.</summary>
internal static class SearchRuns
{
    public static readonly double[] Reference = [0, 30];

    public static double Hypervolume(SearchProblem problem, string name, long seed, int budget, SearchAlgorithmOptions? options = null) =>
        HypervolumeHistory.Compute(problem, Run(problem, name, seed, budget, options), Reference).Points[^1].Hypervolume;

    public static List<Evaluation> Run(SearchProblem problem, string name, long seed, int budget, SearchAlgorithmOptions? options = null)
    {
        ISearchAlgorithmKind kind = SearchAlgorithmRegistry.Default.Find(name);
        SearchAlgorithmOptions settings = options ?? kind.ReadOptions(null);
        return Run(kind.Create(problem, settings, seed), problem, settings.GenerationSize, budget);
    }

    public static List<Evaluation> Run(ISearchAlgorithm algorithm, SearchProblem problem, int portion, int budget)
    {
        List<Evaluation> evaluations = [];
        while (evaluations.Count < budget && algorithm.Ask(Math.Min(portion, budget - evaluations.Count)) is { Count: > 0 } proposals)
        {
            IReadOnlyList<Evaluation> generation = SyntheticProblem.EvaluateAll(problem, proposals);
            algorithm.Tell(generation);
            evaluations.AddRange(generation);
        }

        return evaluations;
    }
}
