using NasEngine.Core.Randomness;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;

namespace NasEngine.Search.LocalSearch;

/// <summary>Climbs from random starts to architectures that no neighbour is better than; with several objectives, a whole front climbs.</summary>
/// <remarks>
/// White, Nolen, Savani: Exploring the Loss Landscape in Neural Architecture Search, 2021; Den Ottelander, Dushatskiy, Virgolin, Bosman: Local Search is a
/// Remarkably Strong Baseline for Neural Architecture Search, 2021. A neighbour differs in one gene that matters; where only candidates may be proposed, they stand in for such neighbours. Members of the front wait
/// in a queue, those that stand most alone first, and hand out their neighbours in a drawn order. A climb ends once every neighbour of its front is
/// known; the next one starts at random, and takes known values on its way for nothing.
/// </remarks>
internal sealed class LocalSearchAlgorithm(SearchProblem problem, LocalSearchOptions options, long seed) : GenerationalSearch(problem, seed)
{
    private readonly SeedTree _orders = new SeedTree(seed).Child("neighbours");
    private readonly Dictionary<Genotype, Assessed> _known = [];
    private readonly Dictionary<Genotype, Genotype[]> _neighbours = [];
    private readonly Dictionary<Genotype, Assessed> _climb = [];
    private Genotype[] _queue = [];

    protected override int GenerationLength => options.Portion;

    protected override Genotype? Propose(Random random)
    {
        if (_queue.Length == 0 && _known.Count == 0 && options.SeedExtremes && NewExtreme() is Genotype extreme)
        {
            return extreme;
        }

        foreach (Genotype member in _queue)
        {
            if (Array.Find(NeighboursOf(member), Memory.TryAdd) is Genotype neighbour)
            {
                return neighbour;
            }
        }

        return Memory.DrawNew(random);
    }

    protected override void EndGeneration(IReadOnlyList<Assessed> generation)
    {
        foreach (Assessed member in generation)
        {
            _known[member.Genotype] = member;
            _climb[member.Genotype] = member;
        }

        if (options.BestImprovement && _queue.Any(IsOpen))
        {
            return; // the climb goes on once all that is near is known
        }

        _queue = Advance();
        if (!_queue.Any(IsOpen))
        {
            _climb.Clear();
            _queue = [];
        }
    }

    // Known neighbours join the climb at once, and may lead on to others that are known.
    private Genotype[] Advance()
    {
        while (true)
        {
            Assessed[] members = [.. _climb.Values];
            Genotype[] front = [.. ConstrainedRanking.Best(members).Select(index => members[index].Genotype)];
            Assessed[] joining = [.. front.SelectMany(NeighboursOf).Where(neighbour => !_climb.ContainsKey(neighbour) && _known.ContainsKey(neighbour)).Distinct().Select(neighbour => _known[neighbour])];
            if (joining.Length == 0)
            {
                Keep(front);
                return front;
            }

            foreach (Assessed member in joining)
            {
                _climb[member.Genotype] = member;
            }
        }
    }

    // What the front dominates can never return to it.
    private void Keep(Genotype[] front)
    {
        HashSet<Genotype> kept = [.. front];
        foreach (Genotype left in _climb.Keys.Where(genotype => !kept.Contains(genotype)).ToArray())
        {
            _climb.Remove(left);
        }
    }

    // Told, not proposed: what was proposed and not told yet may be told before a resumed search goes on.
    private bool IsOpen(Genotype member) => NeighboursOf(member).Any(neighbour => !_known.ContainsKey(neighbour) && Memory.MayPropose(neighbour));

    private Genotype[] NeighboursOf(Genotype member)
    {
        if (!_neighbours.TryGetValue(member, out Genotype[]? neighbours))
        {
            neighbours = Neighbourhood.Of(Problem, member);
            _orders.Child(member.ToString()).CreateRandom().Shuffle(neighbours);
            _neighbours[member] = neighbours;
        }

        return neighbours;
    }
}
