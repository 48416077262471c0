namespace NasEngine.Search.RandomSearch;

/// <summary>Settings of random search: there are none, since it learns nothing.</summary>
public sealed record RandomSearchOptions : SearchAlgorithmOptions
{
    /// <summary>Gets 100: how many proposals are evaluated between two stores of results.</summary>
    public override int GenerationSize => 100;
}
