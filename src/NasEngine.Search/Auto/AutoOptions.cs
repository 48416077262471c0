namespace NasEngine.Search.Auto;

/// <summary>Settings of the search that chooses its algorithm.</summary>
public sealed record AutoOptions : SearchAlgorithmOptions
{
    /// <summary>Gets how many architectures are proposed between two looks at what was found. From 1 to 1000; 10 unless set.</summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>Gets after how many evaluations Gaussian processes, whose time grows with their square, give way. From 20 to 5000; 200 unless set.</summary>
    /// <remarks>On a table of cells with energy, light predictors from there on left less hypervolume missing after 500 evaluations than Gaussian processes to the end did.</remarks>
    public int BayesianUntil { get; init; } = 200;

    /// <summary>Gets after how many evaluations predictors give way to evolution. From 20 to 1000000; 3000 unless set.</summary>
    public int PredictorsUntil { get; init; } = 3000;

    /// <inheritdoc/>
    public override int GenerationSize => BatchSize;
}
