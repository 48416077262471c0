namespace NasEngine.Core.Search;

/// <summary>A search algorithm that makes choices of its own, and says which and why.</summary>
public interface IExplainedAlgorithm : ISearchAlgorithm
{
    /// <summary>Gets the choices made so far, oldest first, each a sentence.</summary>
    IReadOnlyList<string> Choices { get; }
}
