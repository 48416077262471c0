using NasEngine.Core.Json;
using NasEngine.Core.Search;

namespace NasEngine.Search.Linas;

/// <summary>Registers LINAS.</summary>
internal sealed class LinasKind : ISearchAlgorithmKind
{
    private const int LeastPopulation = 4;
    private const int LargestPopulation = 10_000;
    private const int LeastInner = 10;
    private const int LargestInner = 1_000_000;
    private const int LeastTraining = 20;
    private const int LargestTraining = 5000;

    public string Name => "linas";

    public string Description => "Iterates light predictors: fits them on all that is measured, searches on their predictions, measures what that finds. For searches of some hundred evaluations and more.";

    public SearchAlgorithmOptions ReadOptions(JsonObjectReader? section)
    {
        LinasOptions defaults = new();
        return section is null ? defaults : new LinasOptions
        {
            PopulationSize = (int)section.Integer("populationSize", LeastPopulation, LargestPopulation, defaults.PopulationSize),
            InnerEvaluations = (int)section.Integer("innerEvaluations", LeastInner, LargestInner, defaults.InnerEvaluations),
            TrainingSize = (int)section.Integer("trainingSize", LeastTraining, LargestTraining, defaults.TrainingSize),
        };
    }

    public ISearchAlgorithm Create(SearchProblem problem, SearchAlgorithmOptions options, long seed)
    {
        if (options is not LinasOptions own)
        {
            throw new ArgumentException($"Expected {nameof(LinasOptions)}, got {options?.GetType().Name ?? "null"}.", nameof(options));
        }

        bool inRange = own.PopulationSize is >= LeastPopulation and <= LargestPopulation && own.InnerEvaluations is >= LeastInner and <= LargestInner
            && own.TrainingSize is >= LeastTraining and <= LargestTraining;
        return inRange
            ? new LinasAlgorithm(problem, own, seed)
            : throw new ArgumentException($"Populations hold {LeastPopulation} to {LargestPopulation}, inner searches {LeastInner} to {LargestInner}, fits {LeastTraining} to {LargestTraining}; got {own}.", nameof(options));
    }
}
