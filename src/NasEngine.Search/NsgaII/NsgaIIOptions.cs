namespace NasEngine.Search.NsgaII;

/// <summary>Settings of NSGA-II. Defaults are those of Deb et al. 2002.</summary>
public sealed record NsgaIIOptions : SearchAlgorithmOptions
{
    /// <summary>Gets the number of architectures that survive a generation. From 4 to 10000; 100 unless set.</summary>
    public int PopulationSize { get; init; } = 100;

    /// <summary>Gets the probability that a gene is changed in a child. From 0 to 1; <see langword="null"/>, the default, means one over the number of genes that matter in it.</summary>
    /// <remarks>One gene a child on average is what Deb et al. use; HAT's evolutionary search uses 0.3 and once-for-all 0.1 for every gene.</remarks>
    public double? MutationProbability { get; init; }

    /// <summary>Gets the probability that a child mixes the genes of two parents. From 0 to 1; 0.9 unless set.</summary>
    public double CrossoverProbability { get; init; } = 0.9;

    /// <summary>Gets whether the smallest and the largest architecture are proposed first; yes unless set. They are the ends of most fronts.</summary>
    public bool SeedExtremes { get; init; } = true;

    /// <inheritdoc/>
    public override int GenerationSize => PopulationSize;
}
