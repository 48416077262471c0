namespace NasEngine.Search.NsgaIII;

/// <summary>Settings of NSGA-III. The probabilities are NSGA-II's.</summary>
public sealed record NsgaIIIOptions : SearchAlgorithmOptions
{
    /// <summary>Gets the number of architectures that survive a generation, and the greatest number of reference points. From 4 to 10000; 100 unless set, which gives 91 points for three objectives.</summary>
    public int PopulationSize { get; init; } = 100;

    /// <summary>Gets the probability that a gene is changed in a child. From 0 to 1; <see langword="null"/>, the default, means one over the number of genes that matter in it.</summary>
    public double? MutationProbability { get; init; }

    /// <summary>Gets the probability that a child mixes the genes of two parents. From 0 to 1; 0.9 unless set.</summary>
    public double CrossoverProbability { get; init; } = 0.9;

    /// <summary>Gets whether the smallest, the largest and the middle architecture are proposed first; yes unless set.</summary>
    public bool SeedExtremes { get; init; } = true;

    /// <inheritdoc/>
    public override int GenerationSize => PopulationSize;
}
