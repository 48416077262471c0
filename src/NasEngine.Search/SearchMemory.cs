using NasEngine.Core.Randomness;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;

namespace NasEngine.Search;

/// <summary>What an algorithm has proposed or been told, and the draw of something new.</summary>
/// <remarks>
/// Every draw has a generator of its own, seeded by how many architectures are known: what is proposed next depends on what is
/// known, not on how many calls it took. So a resumed search goes on as the uninterrupted one does.
/// </remarks>
internal sealed class SearchMemory(SearchProblem problem, long seed)
{
    private const int Tries = 64;
    private const int ShuffleLimit = 65536;

    private readonly SeedTree _draws = new SeedTree(seed).Child("draws");
    private readonly HashSet<Genotype> _seen = [];
    private IEnumerator<Genotype>? _rest;

    public SearchProblem Problem => problem;

    public bool IsExhausted => _seen.Count >= problem.Space.Size;

    /// <summary>Creates the generator of the next proposal.</summary>
    public Random NextRandom() => _draws.Child(_seen.Count).CreateRandom();

    public bool TryAdd(Genotype genotype) => _seen.Add(genotype);

    /// <summary>Checks an evaluation and remembers its architecture.</summary>
    /// <exception cref="ArgumentException">The architecture is not of the space, or a value that the problem needs is missing.</exception>
    public void Learn(Evaluation evaluation)
    {
        Genotype genotype = evaluation.Genotype;
        if (!problem.Space.Canonical(genotype.Choices.AsSpan()).Equals(genotype))
        {
            throw new ArgumentException($"{genotype} is not canonical in space '{problem.Space.Name}': genes that do not matter must have choice 0.", nameof(evaluation));
        }

        _ = problem.Costs(evaluation);
        foreach (string key in problem.Constraints.Select(constraint => constraint.Key.ToString()))
        {
            if (double.IsNaN(evaluation.Metrics[key]))
            {
                throw new ArgumentException($"An evaluation has no value for {key}; it has {evaluation.Metrics}.", nameof(evaluation));
            }
        }

        _seen.Add(genotype);
    }

    /// <summary>Draws an architecture that is not known yet and remembers it; <see langword="null"/> once there is none.</summary>
    public Genotype? DrawNew(Random random)
    {
        if (IsExhausted)
        {
            return null;
        }

        for (int attempt = 0; attempt < Tries; attempt++)
        {
            Genotype genotype = problem.Space.Sample(random);
            if (_seen.Add(genotype))
            {
                return genotype;
            }
        }

        // Few are left, or most draws fall on a few shallow networks: take the next unknown one of a fixed order.
        _rest ??= FixedOrder().GetEnumerator();
        while (_rest.MoveNext())
        {
            if (_seen.Add(_rest.Current))
            {
                return _rest.Current;
            }
        }

        return null;
    }

    private IEnumerable<Genotype> FixedOrder()
    {
        IEnumerable<Genotype> all = SpaceEnumeration.All(problem.Space);
        if (problem.Space.Size > ShuffleLimit)
        {
            return all;
        }

        Genotype[] shuffled = [.. all];
        new SeedTree(seed).Child("order").CreateRandom().Shuffle(shuffled);
        return shuffled;
    }
}
