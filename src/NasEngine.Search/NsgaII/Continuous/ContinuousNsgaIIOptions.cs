namespace NasEngine.Search.NsgaII.Continuous;

/// <summary>Settings of NSGA-II over real variables. Defaults are those of Deb et al. 2002, with the crossover index that later programs use.</summary>
public sealed record ContinuousNsgaIIOptions
{
    /// <summary>Gets the number of points that survive a generation. Even, from 4; 100 unless set.</summary>
    public int PopulationSize { get; init; } = 100;

    /// <summary>Gets the probability that two parents are crossed. From 0 to 1; 0.9 unless set.</summary>
    public double CrossoverProbability { get; init; } = 0.9;

    /// <summary>Gets the distribution index of simulated binary crossover. From 0; 15 unless set; larger keeps children nearer to their parents.</summary>
    public double CrossoverIndex { get; init; } = 15;

    /// <summary>Gets the probability that a variable is mutated. From 0 to 1; <see langword="null"/>, the default, means one over the number of variables.</summary>
    public double? MutationProbability { get; init; }

    /// <summary>Gets the distribution index of polynomial mutation. From 0; 20 unless set; larger makes smaller steps.</summary>
    public double MutationIndex { get; init; } = 20;
}
