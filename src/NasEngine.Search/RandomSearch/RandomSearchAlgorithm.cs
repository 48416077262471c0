using NasEngine.Core.Search;
using NasEngine.Core.Spaces;

namespace NasEngine.Search.RandomSearch;

/// <summary>Draws every gene uniformly, without repeats. The baseline every other algorithm must beat.</summary>
internal sealed class RandomSearchAlgorithm(SearchProblem problem, long seed) : ISearchAlgorithm
{
    private readonly SearchMemory _memory = new(problem, seed);

    public IReadOnlyList<Genotype> Ask(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        List<Genotype> proposals = [];
        while (proposals.Count < count && _memory.DrawNew(_memory.NextRandom()) is Genotype genotype)
        {
            proposals.Add(genotype);
        }

        return proposals;
    }

    public void Tell(IReadOnlyList<Evaluation> evaluations)
    {
        ArgumentNullException.ThrowIfNull(evaluations);
        foreach (Evaluation evaluation in evaluations)
        {
            _memory.Learn(evaluation);
        }
    }
}
