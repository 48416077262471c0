namespace NasEngine.Search.Bayesian;

/// <summary>Settings of Bayesian optimisation.</summary>
public sealed record BayesianOptions : SearchAlgorithmOptions
{
    /// <summary>Gets how many architectures are proposed before the surrogates learn of their values. From 1 to 1000; 10 unless set.</summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>Gets how many architectures are drawn before the first surrogate. From 4 to 10000; 20 unless set.</summary>
    public int InitialSize { get; init; } = 20;

    /// <summary>Gets the most evaluations that a surrogate is made from; beyond, those near the front and a spread of others stand for all. From 20 to 5000; 600 unless set.</summary>
    /// <remarks>Time grows with its square.</remarks>
    public int TrainingSize { get; init; } = 600;

    /// <summary>Gets the size up to which a whole space is looked at for each proposal. From 100 to 1000000; 20000 unless set.</summary>
    /// <remarks>In a larger space, architectures are evolved towards a large acquisition, starting from the front.</remarks>
    public int PoolSize { get; init; } = 20_000;

    /// <inheritdoc/>
    public override int GenerationSize => BatchSize;
}
