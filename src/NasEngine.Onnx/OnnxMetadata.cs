using System.Collections.Immutable;
using NasEngine.Core.Spaces;

namespace NasEngine.Onnx;

/// <summary>What a model file says of itself, beyond its graph: where it came from and how to feed it.</summary>
public sealed record OnnxMetadata
{
    /// <summary>Gets the architecture as text, as <see cref="SearchSpace.Format"/> writes it.</summary>
    public required string Genotype { get; init; }

    /// <summary>Gets the name of the space.</summary>
    public required string Space { get; init; }

    /// <summary>Gets the fingerprint of the space.</summary>
    public required string SpaceFingerprint { get; init; }

    /// <summary>Gets the id of the run that found the architecture; not written unless set.</summary>
    public string? Run { get; init; }

    /// <summary>Gets the seed of that run; not written unless set.</summary>
    public long? Seed { get; init; }

    /// <summary>Gets the mean that was taken from each channel of an image with values from 0 to 1; not written if empty.</summary>
    public ImmutableArray<double> Mean { get; init; } = [];

    /// <summary>Gets the deviation that each channel was divided by after that; not written if empty.</summary>
    public ImmutableArray<double> Deviation { get; init; } = [];

    /// <summary>Creates the metadata of an architecture.</summary>
    public static OnnxMetadata Of(SearchSpace space, Genotype genotype)
    {
        ArgumentNullException.ThrowIfNull(space);
        return new OnnxMetadata { Genotype = space.Format(genotype), Space = space.Name, SpaceFingerprint = space.Fingerprint };
    }
}
