using System.Collections.Immutable;
using NasEngine.Core.Randomness;
using NasEngine.Core.Spaces;
using NasEngine.Numerics.Pareto;
using NasEngine.Numerics.Sampling;
using NasEngine.Numerics.Sorting;
using NasEngine.Search.Additive;

namespace NasEngine.Search.Candidates;

/// <summary>Proposes very many architectures at once, keeps the different ones, and ranks those within a limit.</summary>
/// <remarks>
/// For costs and scores that add up over the genes. Candidates are bytes in one block, canonical and no two the same; a genotype is made
/// only of what is taken out. The same seed and calls give the same candidates in any process. Not thread-safe.
/// </remarks>
public sealed class CandidatePool
{
    private readonly SearchSpace _space;
    private readonly AdditiveTable _costTable;
    private readonly AdditiveTable _scoreTable;
    private readonly double _limit;
    private readonly GeneCodes _codes;
    private readonly CandidateArena _arena;
    private readonly double[] _costs;
    private readonly double[] _scores;
    private readonly int[] _within;
    private RandomDraws _random;

    /// <summary>Initializes an empty pool.</summary>
    /// <param name="costs">What is limited.</param>
    /// <param name="limit">The largest cost of a candidate that is ranked; in the table's unit.</param>
    /// <param name="scores">What is ranked by; smaller is better. Of the same space.</param>
    /// <param name="capacity">The largest number of different candidates; from 1 to 2^29.</param>
    /// <param name="seed">Any value.</param>
    /// <exception cref="ArgumentException">The tables are of two spaces.</exception>
    public CandidatePool(AdditiveTable costs, double limit, AdditiveTable scores, int capacity, long seed)
    {
        ArgumentNullException.ThrowIfNull(costs);
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 1 << 29);
        if (costs.Space != scores.Space)
        {
            throw new ArgumentException($"Costs are of space '{costs.Space.Name}', scores of '{scores.Space.Name}'.", nameof(scores));
        }

        (_space, _costTable, _scoreTable, _limit) = (costs.Space, costs, scores, limit);
        _codes = new GeneCodes(_space);
        _arena = new CandidateArena(_space.Genes.Length, capacity);
        (_costs, _scores, _within) = (new double[capacity], new double[capacity], new int[capacity]);
        _random = new RandomDraws((ulong)new SeedTree(seed).Child("candidates").Seed);
    }

    /// <summary>Gets the number of different candidates.</summary>
    public int Count => _arena.Count;

    /// <summary>Gets the numbers of the candidates within the limit, in the order they came.</summary>
    public ReadOnlySpan<int> Within => _within.AsSpan(0, WithinCount);

    private int WithinCount { get; set; }

    /// <summary>Gives the cost of a candidate.</summary>
    public double Cost(int candidate) => _costs.AsSpan(0, Count)[candidate];

    /// <summary>Gives the score of a candidate.</summary>
    public double Score(int candidate) => _scores.AsSpan(0, Count)[candidate];

    /// <summary>Gives the choices of a candidate, canonical.</summary>
    public ReadOnlySpan<byte> Choices(int candidate) => _arena[candidate];

    /// <summary>Makes a candidate's genotype.</summary>
    public Genotype Genotype(int candidate) => new(ImmutableArray.Create(Choices(candidate)));

    /// <summary>Adds a candidate.</summary>
    /// <returns>Whether it is new; never once the pool is full.</returns>
    public bool TryAdd(Genotype genotype)
    {
        ArgumentNullException.ThrowIfNull(genotype);
        _space.Canonical(genotype.Choices.AsSpan()).Choices.CopyTo(_arena.Next);
        return TryKeep();
    }

    /// <summary>Draws candidates, each gene uniformly; ends early once the pool is full.</summary>
    /// <returns>How many were drawn, repeats included.</returns>
    public int Draw(int count)
    {
        int drawn = 0;
        for (; drawn < count && Count < _arena.Capacity; drawn++)
        {
            Span<byte> next = _arena.Next;
            ReadOnlySpan<GeneCodes.Code> codes = _codes.Codes;
            for (int gene = 0; gene < next.Length; gene++)
            {
                next[gene] = (byte)_random.Below(codes[gene].Choices);
            }

            TryKeep();
        }

        return drawn;
    }

    /// <summary>Makes mutants of a candidate; ends early once the pool is full.</summary>
    /// <param name="parent">The candidate's number.</param>
    /// <param name="count">How many.</param>
    /// <param name="probability">The probability that a gene is redrawn, from 0 to 1. A gene that does not matter in the parent is always drawn: its choice there says nothing.</param>
    /// <returns>How many were made, repeats included.</returns>
    public int Mutate(int parent, int count, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(parent, Count);
        int made = 0;
        for (; made < count && Count < _arena.Capacity; made++)
        {
            Span<byte> next = _arena.Next;
            ReadOnlySpan<byte> from = _arena[parent];
            ReadOnlySpan<GeneCodes.Code> codes = _codes.Codes;
            for (int gene = 0; gene < next.Length; gene++)
            {
                bool redraws = _random.NextDouble() < probability || _codes.Mask(codes[gene], from) == 0;
                next[gene] = redraws ? (byte)_random.Below(codes[gene].Choices) : from[gene];
            }

            TryKeep();
        }

        return made;
    }

    /// <summary>Gives the candidates within the limit with the least scores, best first; of equal ones the earlier first.</summary>
    /// <param name="count">At most how many.</param>
    public int[] Best(int count)
    {
        int[] order = Within.ToArray();
        double[] keys = [.. order.Select(candidate => _scores[candidate])];
        KeyOrder.Sort(keys, order);
        return order[..Math.Min(count, order.Length)];
    }

    /// <summary>Gives each candidate within the limit its Pareto rank by cost and score, in the order of <see cref="Within"/>; 0 is the front.</summary>
    public int[] Ranks()
    {
        double[] points = new double[2 * WithinCount];
        for (int place = 0; place < WithinCount; place++)
        {
            (points[2 * place], points[(2 * place) + 1]) = (_costs[_within[place]], _scores[_within[place]]);
        }

        int[] ranks = new int[WithinCount];
        ParetoSort.AssignRanks(points, 2, ranks);
        return ranks;
    }

    private bool TryKeep()
    {
        if (Count == _arena.Capacity)
        {
            return false;
        }

        int candidate = Count;
        (double cost, double score) = _codes.Canonicalise(_arena.Next, _costTable.Parts, _scoreTable.Parts, _costTable.Constant, _scoreTable.Constant);
        if (!_arena.TryKeep())
        {
            return false;
        }

        (_costs[candidate], _scores[candidate]) = (cost, score);
        _within[WithinCount] = candidate;
        WithinCount += cost <= _limit ? 1 : 0;
        return true;
    }
}
