using NasEngine.Core.Spaces;
using NasEngine.Training.DataSets;
using NasEngine.Training.ZeroCost;

namespace NasEngine.Jobs.ZeroCost;

/// <summary>What is scored without training, and how.</summary>
public sealed record ProxyScoringOptions
{
    /// <summary>Gets the space.</summary>
    public required SearchSpace Space { get; init; }

    /// <summary>Gets the data set that batches are drawn from.</summary>
    public required ImageDataSet Data { get; init; }

    /// <summary>Gets the architectures, in the order of the rows.</summary>
    public required IReadOnlyList<Genotype> Genotypes { get; init; }

    /// <summary>Gets the proxies, in the order of the columns; all of them unless set.</summary>
    public IReadOnlyList<IZeroCostProxy> Proxies { get; init; } = ZeroCostProxies.All;

    /// <summary>Gets how many images are drawn; a proxy looks at no more than it asks for. At least 2; 256 unless set.</summary>
    public int Images { get; init; } = 256;

    /// <summary>Gets the seed of images, weights and noise; 1 unless set.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Gets the CSV file that rows are read from and appended to, or <see langword="null"/> for none.</summary>
    public string? File { get; init; }
}
