using System.Numerics;

namespace NasEngine.Search.HatEvolution;

/// <summary>Settings of HAT's evolutionary search. Defaults are those of Wang et al. 2020.</summary>
public sealed record HatEvolutionOptions : SearchAlgorithmOptions
{
    /// <summary>Gets how many of the best stay to have children. From 2 to 10000; 25 unless set.</summary>
    public int Parents { get; init; } = 25;

    /// <summary>Gets how many children of a generation are changed copies of a parent. From 1 to 10000; 50 unless set.</summary>
    public int Mutants { get; init; } = 50;

    /// <summary>Gets how many children of a generation mix two parents. From 1 to 10000; 50 unless set.</summary>
    public int Crossovers { get; init; } = 50;

    /// <summary>Gets the probability that a gene that matters is changed in a mutant. From 0 to 1; 0.3 unless set.</summary>
    public double MutationProbability { get; init; } = 0.3;

    /// <summary>Gets whether the smallest, the largest and the middle architecture are proposed first; yes unless set.</summary>
    public bool SeedExtremes { get; init; } = true;

    /// <summary>Gets how many architectures the first generation has: parents, mutants and crossovers together.</summary>
    public int PopulationSize => Parents + Mutants + Crossovers;

    /// <summary>Gets the greatest portion that both the first generation and all later ones, which need no new parents, are multiples of.</summary>
    public override int GenerationSize => (int)BigInteger.GreatestCommonDivisor(PopulationSize, Mutants + Crossovers);
}
