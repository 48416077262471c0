namespace NasEngine.Search.LocalSearch;

/// <summary>Settings of local search.</summary>
public sealed record LocalSearchOptions : SearchAlgorithmOptions
{
    /// <summary>Gets how many evaluations are taken in together. From 1 to 10000; 10 unless set. The first portion of every climb is its random starts.</summary>
    public int Portion { get; init; } = 10;

    /// <summary>Gets whether all neighbours of an architecture are evaluated before the climb goes on to a better one; no unless set: it goes on with the next portion.</summary>
    public bool BestImprovement { get; init; }

    /// <summary>Gets whether the smallest, the largest and the middle architecture are among the first starts; yes unless set.</summary>
    public bool SeedExtremes { get; init; } = true;

    /// <inheritdoc/>
    public override int GenerationSize => Portion;
}
