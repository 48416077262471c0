using NasEngine.Core.Errors;
using NasEngine.Core.Search;
using NasEngine.Search.AgingEvolution;
using NasEngine.Search.HatEvolution;
using NasEngine.Search.LocalSearch;
using NasEngine.Search.NsgaII;
using NasEngine.Search.NsgaIII;
using NasEngine.Search.RandomSearch;
using NasEngine.Search.SuccessiveHalving;

namespace NasEngine.Search;

/// <summary>Finds search algorithms by name. Immutable and thread-safe.</summary>
public sealed class SearchAlgorithmRegistry
{
    private readonly Dictionary<string, ISearchAlgorithmKind> _kinds;

    /// <summary>Initializes a registry.</summary>
    /// <param name="kinds">The algorithms; no two of one name.</param>
    public SearchAlgorithmRegistry(params IEnumerable<ISearchAlgorithmKind> kinds) => _kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>Gets the registry of all algorithms that the engine has.</summary>
    public static SearchAlgorithmRegistry Default { get; } = new(
        new RandomSearchKind(),
        new NsgaIIKind(),
        new AgingEvolutionKind(),
        new HatEvolutionKind(),
        new LocalSearchKind(),
        new NsgaIIIKind(),
        new SuccessiveHalvingKind());

    /// <summary>Gets the algorithms by name.</summary>
    public IReadOnlyList<ISearchAlgorithmKind> All => [.. _kinds.Values.OrderBy(kind => kind.Name, StringComparer.Ordinal)];

    /// <summary>Finds an algorithm.</summary>
    /// <exception cref="UsageException">There is none of this name; the message lists those that exist.</exception>
    public ISearchAlgorithmKind Find(string name) =>
        _kinds.TryGetValue(name, out ISearchAlgorithmKind? kind) ? kind : throw UsageException.UnknownName("search algorithm", name, _kinds.Keys);

    /// <summary>Creates an algorithm.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="problem">What to search for.</param>
    /// <param name="seed">The seed of every draw.</param>
    /// <param name="options">Its settings, or <see langword="null"/> for the defaults.</param>
    /// <exception cref="UsageException">There is none of this name; the message lists those that exist.</exception>
    public ISearchAlgorithm Create(string name, SearchProblem problem, long seed, SearchAlgorithmOptions? options = null)
    {
        ISearchAlgorithmKind kind = Find(name);
        return kind.Create(problem, options ?? kind.ReadOptions(null), seed);
    }
}
