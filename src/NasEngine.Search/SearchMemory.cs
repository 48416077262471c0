using NasEngine.Core.Randomness;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;

namespace NasEngine.Search;

/// <summary>What an algorithm has proposed or been told, and the draw of something new.</summary>
/// <remarks>
/// Every draw has a generator of its own, seeded by how many architectures are known: what is proposed next depends on what is
/// known, not on how many calls it took. So a resumed search goes on as the uninterrupted one does.
/// What the problem's estimator puts beyond a limit is never remembered as proposed, and never given out. All tries are bounded.
/// </remarks>
internal sealed class SearchMemory(SearchProblem problem, long seed)
{
    private const int Tries = 64;
    private const int ShuffleLimit = 65536;

    private readonly SeedTree _draws = new SeedTree(seed).Child("draws");
    private readonly HashSet<Genotype> _seen = [];
    private readonly FeasibleDraw? _feasible = problem.Estimator is null ? null : new FeasibleDraw(problem);
    private IEnumerator<Genotype>? _rest;
    private Genotype[]? _allowed;

    public SearchProblem Problem => problem;

    public bool IsExhausted => _seen.Count >= (problem.Candidates is CandidateSet candidates ? candidates.All.Length : problem.Space.Size);

    /// <summary>Gets how many architectures were proposed or told.</summary>
    public int Count => _seen.Count;

    /// <summary>Creates the generator of the next proposal.</summary>
    public Random NextRandom() => _draws.Child(_seen.Count).CreateRandom();

    /// <summary>Remembers an architecture if it may be proposed and is not known yet.</summary>
    public bool TryAdd(Genotype genotype) => IsNew(genotype) && _seen.Add(genotype);

    /// <summary>Says whether an architecture may be proposed and is not known yet.</summary>
    public bool IsNew(Genotype genotype) => !_seen.Contains(genotype) && MayPropose(genotype);

    /// <summary>Says whether an architecture may be proposed, known or not: it is a candidate, and the estimator does not put it beyond a limit.</summary>
    public bool MayPropose(Genotype genotype) => problem.Candidates?.Contains(genotype) != false && _feasible?.Accepts(genotype) != false;

    /// <summary>
    /// Remembers an architecture that is not known yet. Where only some may be proposed, it stands for the unknown one of them that differs
    /// from it in the fewest genes.
    /// </summary>
    /// <param name="genotype">What is wanted.</param>
    /// <param name="random">Decides between candidates that are equally near.</param>
    /// <returns>What to propose, or <see langword="null"/> if it, or everything that may be proposed, is known.</returns>
    public Genotype? AddNearest(Genotype genotype, Random random)
    {
        if (problem.Candidates is not CandidateSet candidates)
        {
            return TryAdd(genotype) ? genotype : null;
        }

        _allowed ??= [.. candidates.All.Where(candidate => _feasible?.Accepts(candidate) != false)];
        Genotype? nearest = null;
        (int least, int ties) = (int.MaxValue, 0);
        foreach (Genotype candidate in _allowed)
        {
            int distance = Neighbourhood.Distance(candidate, genotype);
            if (distance <= least && !_seen.Contains(candidate))
            {
                ties = distance < least ? 1 : ties + 1;
                nearest = distance < least || random.Next(ties) == 0 ? candidate : nearest;
                least = distance;
            }
        }

        return nearest is not null && _seen.Add(nearest) ? nearest : null;
    }

    /// <summary>Checks an evaluation and remembers its architecture.</summary>
    /// <exception cref="ArgumentException">The architecture is not of the space, or a value that the problem needs is missing.</exception>
    public void Learn(Evaluation evaluation)
    {
        Genotype genotype = evaluation.Genotype;
        if (!problem.Space.Canonical(genotype.Choices.AsSpan()).Equals(genotype))
        {
            throw new ArgumentException($"{genotype} is not canonical in space '{problem.Space.Name}': genes that do not matter must have choice 0.", nameof(evaluation));
        }

        if (problem.Candidates?.Contains(genotype) == false)
        {
            throw new ArgumentException($"{genotype} is not among the candidates.", nameof(evaluation));
        }

        _ = problem.Costs(evaluation);
        foreach (string key in problem.Constraints.Select(constraint => constraint.Key.ToString()))
        {
            if (double.IsNaN(evaluation.Metrics[key]))
            {
                throw new ArgumentException($"An evaluation has no value for {key}; it has {evaluation.Metrics}.", nameof(evaluation));
            }
        }

        _ = _feasible?.Accepts(genotype);
        _seen.Add(genotype);
    }

    /// <summary>Draws an architecture that is not known yet and remembers it; <see langword="null"/> once there is none, or none is found.</summary>
    /// <exception cref="Core.Errors.InfeasibleConstraintException">The problem's estimator puts everything that was tried, ever, beyond a limit.</exception>
    public Genotype? DrawNew(Random random)
    {
        if (IsExhausted)
        {
            return null;
        }

        for (int attempt = 0; attempt < Tries; attempt++)
        {
            Genotype genotype = Draw(random);
            if (TryAdd(genotype))
            {
                return genotype;
            }
        }

        // Where little is within the limits, draws are led there.
        if (_feasible is not null && problem.Candidates is null && _feasible.Lead(Draw, IsNew, random) is Genotype led && _seen.Add(led))
        {
            return led;
        }

        // Few are left, or most draws fall on a few shallow networks: take the next unknown one of a fixed order.
        _rest ??= FixedOrder().GetEnumerator();
        while (_rest.MoveNext())
        {
            if (TryAdd(_rest.Current))
            {
                return _rest.Current;
            }
        }

        _feasible?.ThrowIfNothingAccepted();
        return null;
    }

    private Genotype Draw(Random random) =>
        problem.Candidates is CandidateSet candidates ? candidates.All[random.Next(candidates.All.Length)] : problem.Space.Sample(random);

    private IEnumerable<Genotype> FixedOrder()
    {
        IEnumerable<Genotype> all = problem.Candidates?.All ?? SpaceEnumeration.All(problem.Space);
        if (problem.Candidates is null && problem.Space.Size > ShuffleLimit)
        {
            // With limits known beforehand, all of a huge space might have to be walked through to find one more.
            return problem.Estimator is null ? all : all.Take(ShuffleLimit);
        }

        Genotype[] shuffled = [.. all];
        new SeedTree(seed).Child("order").CreateRandom().Shuffle(shuffled);
        return shuffled;
    }
}
