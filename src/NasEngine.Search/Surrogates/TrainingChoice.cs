using NasEngine.Core.Search;
using NasEngine.Search.NsgaII;

namespace NasEngine.Search.Surrogates;

/// <summary>Chooses which of many evaluations a surrogate learns from: half of them the best by fronts, half spread over the order they came in.</summary>
internal static class TrainingChoice
{
    /// <summary>Gives the places of those chosen, ascending; all of them if there are no more than wanted.</summary>
    public static int[] Of(SearchProblem problem, IReadOnlyList<Evaluation> evaluations, int most)
    {
        if (evaluations.Count <= most)
        {
            return [.. Enumerable.Range(0, evaluations.Count)];
        }

        Individual[] pool = [.. evaluations.Select(evaluation => new Individual(evaluation.Genotype, problem.Costs(evaluation), problem.Violation(evaluation)))];
        Dictionary<Individual, int> places = new(ReferenceEqualityComparer.Instance);
        for (int index = 0; index < pool.Length; index++)
        {
            places[pool[index]] = index;
        }

        HashSet<int> chosen = [.. Survival.Select(pool, most / 2).Select(individual => places[individual])];
        int[] others = [.. Enumerable.Range(0, pool.Length).Where(index => !chosen.Contains(index))];
        int wanted = most - chosen.Count;
        chosen.UnionWith(Enumerable.Range(0, wanted).Select(index => others[(int)((long)index * others.Length / wanted)]));
        return [.. chosen.Order()];
    }
}
