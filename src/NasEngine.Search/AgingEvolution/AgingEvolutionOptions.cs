namespace NasEngine.Search.AgingEvolution;

/// <summary>Settings of aging evolution. Population and sample are those of Real et al. 2019.</summary>
public sealed record AgingEvolutionOptions : SearchAlgorithmOptions
{
    /// <summary>Gets how many architectures live at a time; each dies once so many younger ones live. From 2 to 10000; 100 unless set.</summary>
    public int PopulationSize { get; init; } = 100;

    /// <summary>Gets how many of them compete to become a parent. From 1 to 10000, in effect at most the population; 25 unless set.</summary>
    public int SampleSize { get; init; } = 25;

    /// <summary>Gets how many evaluations are taken in together. From 1 to 10000; 10 unless set. 1 is the algorithm of the paper on one machine.</summary>
    public int Portion { get; init; } = 10;

    /// <summary>Gets whether the smallest, the largest and the middle architecture are proposed first; yes unless set.</summary>
    public bool SeedExtremes { get; init; } = true;

    /// <inheritdoc/>
    public override int GenerationSize => Portion;
}
