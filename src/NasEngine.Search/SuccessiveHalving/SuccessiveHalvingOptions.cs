namespace NasEngine.Search.SuccessiveHalving;

/// <summary>Settings of successive halving over training budget.</summary>
public sealed record SuccessiveHalvingOptions : SearchAlgorithmOptions
{
    /// <summary>Gets the least training, in units such as epochs. From 1; 1 unless set.</summary>
    public int MinimumBudget { get; init; } = 1;

    /// <summary>Gets full training. At least the minimum; 81 unless set.</summary>
    public int MaximumBudget { get; init; } = 81;

    /// <summary>Gets by how much a rung's training is longer than the one below, and of how many architectures one is trained further. From 2 to 16; 3 unless set.</summary>
    public int ReductionFactor { get; init; } = 3;

    /// <summary>Gets 100: how many proposals are evaluated between two stores of results.</summary>
    public override int GenerationSize => 100;
}
