using NasEngine.Core.Search;
using NasEngine.Core.Spaces;

namespace NasEngine.Search;

/// <summary>Base of algorithms that take in what they are told generation by generation, in whatever portions it comes.</summary>
/// <remarks>Proposals depend on the finished generations and on what is known, so that a resumed search goes on as the uninterrupted one does.</remarks>
internal abstract class GenerationalSearch(SearchProblem problem, long seed) : ISearchAlgorithm
{
    private readonly HashSet<Genotype> _told = [];
    private readonly List<Assessed> _generation = [];

    /// <summary>Gets the problem.</summary>
    protected SearchProblem Problem => problem;

    /// <summary>Gets what was proposed and told.</summary>
    protected SearchMemory Memory { get; } = new(problem, seed);

    /// <summary>Gets how many architectures were proposed or told since the last generation ended.</summary>
    protected int PlaceInGeneration => Memory.Count - (_told.Count - _generation.Count);

    /// <summary>Gets how many evaluations the present generation takes.</summary>
    protected abstract int GenerationLength { get; }

    public IReadOnlyList<Genotype> Ask(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        List<Genotype> proposals = [];
        while (proposals.Count < count && !Memory.IsExhausted && Propose(Memory.NextRandom()) is Genotype genotype)
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
            Memory.Learn(evaluation);
            if (_told.Add(evaluation.Genotype))
            {
                _generation.Add(new Assessed(evaluation.Genotype, problem.Costs(evaluation), problem.Violation(evaluation)));
            }

            if (_generation.Count == GenerationLength)
            {
                Assessed[] finished = [.. _generation];
                _generation.Clear();
                EndGeneration(finished);
            }
        }
    }

    /// <summary>Proposes one architecture and remembers it; <see langword="null"/> if there is none.</summary>
    protected abstract Genotype? Propose(Random random);

    /// <summary>Takes in a generation, in the order it was told.</summary>
    protected abstract void EndGeneration(IReadOnlyList<Assessed> generation);

    /// <summary>
    /// Remembers the smallest, the largest or the middle architecture, if the order of any choice means something and it is new: fronts begin and end at the first two.
    /// </summary>
    protected Genotype? NewExtreme()
    {
        SearchSpace space = problem.Space;
        if (space.Genes.All(gene => gene.IsCategorical))
        {
            return null;
        }

        Genotype middle = space.Canonical([.. space.Genes.Select(gene => (byte)((gene.Choices.Length - 1) / 2))]);
        return Array.Find([space.Smallest, space.Largest, middle], Memory.TryAdd);
    }
}
