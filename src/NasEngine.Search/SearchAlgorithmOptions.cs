namespace NasEngine.Search;

/// <summary>Base of the settings of a search algorithm.</summary>
public abstract record SearchAlgorithmOptions
{
    /// <summary>Gets how many proposals are evaluated before the algorithm learns from them, unless the user says otherwise.</summary>
    public abstract int GenerationSize { get; }
}
