using NasEngine.Core.Spaces;
using NasEngine.Networks.Readers;

namespace NasEngine.Networks.Families;

/// <summary>A kind of network, described once: readers make training, export, costs and latency features of it.</summary>
/// <remarks>Stateless and thread-safe.</remarks>
public interface INetworkFamily : ISpaceFamily
{
    /// <summary>Turns genes into concrete sizes.</summary>
    /// <param name="space">A space of this family.</param>
    /// <param name="genotype">An architecture of the space.</param>
    Plan Plan(SearchSpace space, Genotype genotype);

    /// <summary>Gives plans that between them use every stored weight at its full size.</summary>
    /// <param name="space">A space of this family.</param>
    /// <returns>The largest subnet alone, unless choices exclude each other and have weights of their own.</returns>
    IReadOnlyList<Plan> Covering(SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        return [Plan(space, space.Largest)];
    }

    /// <summary>Draws a subnet for a person.</summary>
    /// <param name="space">A space of this family.</param>
    /// <param name="genotype">An architecture of the space.</param>
    NetworkSketch Sketch(SearchSpace space, Genotype genotype);

    /// <summary>Reads a subnet.</summary>
    /// <typeparam name="T">What a value is to the reader.</typeparam>
    /// <param name="reader">What to make of it.</param>
    /// <param name="plan">A plan of this family.</param>
    /// <param name="input">The value that enters, of <see cref="Families.Plan.InputShape"/>.</param>
    /// <returns>The value that leaves: class scores before softmax.</returns>
    T Read<T>(INetworkReader<T> reader, Plan plan, T input);
}
