using NasEngine.Core.Randomness;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;

namespace NasEngine.Search.Surrogates;

/// <summary>What an algorithm was told, in whole generations, and what it awaits.</summary>
/// <remarks>
/// Models are made from whole generations alone: what was told of one that is not complete counts as awaited, whatever its values. So proposals
/// do not depend on the portions in which evaluations come, and a search that was stopped within a generation goes on as it would have.
/// </remarks>
internal sealed class SearchRecord(SearchProblem problem, long seed, int generationSize)
{
    private readonly List<Evaluation> _learned = [];
    private readonly List<Evaluation> _incomplete = [];
    private readonly HashSet<Genotype> _told = [];
    private readonly List<Genotype> _pending = [];

    /// <summary>Gets what is known, and the draws.</summary>
    public SearchMemory Memory { get; } = new(problem, seed);

    /// <summary>Gets the evaluations of whole generations, in the order they were told.</summary>
    public IReadOnlyList<Evaluation> Learned => _learned;

    /// <summary>Gets what was proposed, or told in an incomplete generation, in the order it became known.</summary>
    public IReadOnlyList<Genotype> Pending => _pending;

    /// <summary>Creates the generator of a model's draws: they depend on whole generations alone.</summary>
    public Random ModelRandom() => new SeedTree(seed).Child("model").Child(_learned.Count).CreateRandom();

    /// <summary>Remembers a proposal that <see cref="Memory"/> has accepted.</summary>
    public void Propose(Genotype genotype) => _pending.Add(genotype);

    /// <summary>Proposes architectures: the ends of the space, then drawn ones, until enough are learned from; what a model says from there on.</summary>
    /// <param name="count">At most how many; at least 1.</param>
    /// <param name="initialSize">How many must be learned before the model is asked.</param>
    /// <param name="propose">Gives the model's next proposal, which <see cref="Memory"/> has accepted, or <see langword="null"/> if there is none.</param>
    public IReadOnlyList<Genotype> Ask(int count, int initialSize, Func<Genotype?> propose)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        List<Genotype> proposals = [];
        while (proposals.Count < count && !Memory.IsExhausted && (_learned.Count < initialSize ? Start() : propose()) is Genotype genotype)
        {
            Propose(genotype);
            proposals.Add(genotype);
        }

        return proposals;
    }

    /// <summary>Takes in evaluations; repeated ones count once.</summary>
    /// <returns>Whether a generation became complete.</returns>
    /// <exception cref="ArgumentException">An evaluation is not of the problem, or lacks a value.</exception>
    public bool Tell(IReadOnlyList<Evaluation> evaluations)
    {
        ArgumentNullException.ThrowIfNull(evaluations);
        int before = _learned.Count;
        foreach (Evaluation evaluation in evaluations)
        {
            bool isNew = Memory.IsNew(evaluation.Genotype);
            Memory.Learn(evaluation);
            if (!_told.Add(evaluation.Genotype))
            {
                continue;
            }

            if (isNew)
            {
                _pending.Add(evaluation.Genotype);
            }

            _incomplete.Add(evaluation);
            if (_incomplete.Count == generationSize)
            {
                _learned.AddRange(_incomplete);
                HashSet<Genotype> complete = [.. _incomplete.Select(member => member.Genotype)];
                _pending.RemoveAll(complete.Contains);
                _incomplete.Clear();
            }
        }

        return _learned.Count > before;
    }

    private Genotype? Start() =>
        Memory.TryAdd(problem.Space.Smallest) ? problem.Space.Smallest
        : Memory.TryAdd(problem.Space.Largest) ? problem.Space.Largest
        : Memory.DrawNew(Memory.NextRandom());
}
