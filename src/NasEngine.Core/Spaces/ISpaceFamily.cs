using NasEngine.Core.Json;

namespace NasEngine.Core.Spaces;

/// <summary>A kind of search space: which dimensions it has and which keys of its own.</summary>
/// <remarks>Stateless and thread-safe.</remarks>
public interface ISpaceFamily
{
    /// <summary>Gets the name that a space file gives under <c>family</c>.</summary>
    string Name { get; }

    /// <summary>Gets what kind of network it is, in one sentence.</summary>
    string Description { get; }

    /// <summary>Gets whether its architectures can be built. If not, a space file has no task, dimensions, objectives or constraints.</summary>
    bool HasNetworks { get; }

    /// <summary>Gets the dimensions that can be elastic.</summary>
    IReadOnlyList<DimensionSchema> Dimensions { get; }

    /// <summary>Reads the family's own keys and lays out the genes.</summary>
    /// <param name="root">The root of the space file; faults go into it.</param>
    /// <param name="task">The task that the networks solve.</param>
    /// <param name="dimensions">The elastic dimensions, checked against <see cref="Dimensions"/>, complete with defaults, in the order of <see cref="Dimensions"/>.</param>
    /// <returns>The layout, or <see langword="null"/> if there were faults.</returns>
    SpaceLayout? ReadLayout(JsonObjectReader root, SpaceTask task, IReadOnlyList<ElasticDimension> dimensions);

    /// <summary>Checks a finished space by building its extreme networks.</summary>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    string? Check(SearchSpace space);
}
