using NasEngine.Core.Json;
using NasEngine.Core.Search;

namespace NasEngine.Search;

/// <summary>A search algorithm as the registry knows it: its name, its settings, and how to make one.</summary>
/// <remarks>Stateless and thread-safe.</remarks>
public interface ISearchAlgorithmKind
{
    /// <summary>Gets the name, such as <c>nsga-ii</c>.</summary>
    string Name { get; }

    /// <summary>Gets what it does, in one sentence.</summary>
    string Description { get; }

    /// <summary>Reads the settings; absent keys, or an absent section, get their defaults.</summary>
    /// <param name="section">The object that holds the settings; faults go into it.</param>
    SearchAlgorithmOptions ReadOptions(JsonObjectReader? section);

    /// <summary>Creates the algorithm.</summary>
    /// <param name="problem">What to search for.</param>
    /// <param name="options">What <see cref="ReadOptions"/> gave, or settings of the same type.</param>
    /// <param name="seed">The seed of every draw.</param>
    /// <exception cref="ArgumentException">The settings are another algorithm's, or out of range.</exception>
    ISearchAlgorithm Create(SearchProblem problem, SearchAlgorithmOptions options, long seed);
}
