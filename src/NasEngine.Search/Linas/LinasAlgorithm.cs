using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Search.NsgaII;
using NasEngine.Search.Surrogates;

namespace NasEngine.Search.Linas;

/// <summary>LINAS: lightweight iterative neural architecture search. Cummings and others: A Hardware-Aware Framework for Accelerating Neural Architecture Search Across Modalities, 2022.</summary>
/// <remarks>
/// Each round fits predictors on all that is measured, searches on predictions with NSGA-II, and proposes the best of what that saw and nobody
/// measured. Every round that is measured is learned from, the last one too; nothing is proposed twice. Spaces no larger than the
/// inner search are predicted whole.
/// </remarks>
internal sealed class LinasAlgorithm(SearchProblem problem, LinasOptions options, long seed) : ISearchAlgorithm
{
    private const int InnerPopulation = 100;

    private readonly SearchRecord _record = new(problem, seed, options.PopulationSize);
    private readonly SurrogateFeatures _features = new(problem.Space);
    private List<Genotype>? _round;

    public IReadOnlyList<Genotype> Ask(int count) => _record.Ask(count, initialSize: 1, Propose);

    public void Tell(IReadOnlyList<Evaluation> evaluations)
    {
        if (_record.Tell(evaluations))
        {
            _round = null;
        }
    }

    private Genotype? Propose()
    {
        SearchMemory memory = _record.Memory;
        _round ??= Search();
        return _round.Find(memory.TryAdd) ?? memory.DrawNew(memory.NextRandom());
    }

    private List<Genotype> Search()
    {
        PredictedProblem predicted = new(problem, _record.Learned, _features, options.TrainingSize);
        HashSet<Genotype> measured = [.. _record.Learned.Select(evaluation => evaluation.Genotype)];
        IEnumerable<Genotype> visited = problem.Candidates is CandidateSet candidates && candidates.All.Length <= options.InnerEvaluations ? candidates.All
            : problem.Candidates is null && problem.Space.Size <= options.InnerEvaluations ? SpaceEnumeration.All(problem.Space)
            : [];
        List<Evaluation> seen = [.. visited.Where(genotype => !measured.Contains(genotype)).Select(predicted.Evaluate)];
        if (seen.Count == 0 && !visited.Any())
        {
            seen = Evolve(predicted, measured);
        }

        List<Individual> best = Survival.Select(
            [.. seen.Select(evaluation => new Individual(evaluation.Genotype, predicted.Problem.Costs(evaluation), predicted.Problem.Violation(evaluation)))], options.PopulationSize);
        return [.. best.Select(individual => individual.Genotype)];
    }

    // The inner search starts from what was measured, as it is predicted.
    private List<Evaluation> Evolve(PredictedProblem predicted, HashSet<Genotype> measured)
    {
        NsgaIIAlgorithm inner = new(predicted.Problem, new NsgaIIOptions { PopulationSize = InnerPopulation, SeedExtremes = false }, _record.ModelRandom().NextInt64());
        inner.Tell([.. TrainingChoice.Of(problem, _record.Learned, 2 * InnerPopulation).Select(index => predicted.Evaluate(_record.Learned[index].Genotype))]);
        List<Evaluation> seen = [];
        for (int spent = 0; spent < options.InnerEvaluations; spent += InnerPopulation)
        {
            Evaluation[] generation = [.. inner.Ask(InnerPopulation).Select(predicted.Evaluate)];
            if (generation.Length == 0)
            {
                break;
            }

            inner.Tell(generation);
            seen.AddRange(generation.Where(evaluation => !measured.Contains(evaluation.Genotype)));
        }

        return seen;
    }
}
