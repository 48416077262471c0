namespace NasEngine.Search.Linas;

/// <summary>Settings of LINAS. Defaults are those of its authors.</summary>
public sealed record LinasOptions : SearchAlgorithmOptions
{
    /// <summary>Gets how many architectures are measured between two fits of the predictors. From 4 to 10000; 50 unless set.</summary>
    public int PopulationSize { get; init; } = 50;

    /// <summary>Gets how many architectures the inner search predicts each round. From 10 to 1000000; 5000 unless set.</summary>
    public int InnerEvaluations { get; init; } = 5000;

    /// <summary>Gets the most evaluations that a predictor is fitted on; beyond, those near the front and a spread of others stand for all. From 20 to 5000; 1000 unless set.</summary>
    public int TrainingSize { get; init; } = 1000;

    /// <inheritdoc/>
    public override int GenerationSize => PopulationSize;
}
