namespace NasEngine.Search;

/// <summary>Implemented by search algorithms that decide while they run how to go on, and say what they decided and why.</summary>
public interface IExplainsChoices
{
    /// <summary>Gets the decisions made so far, in order. They follow from what was told, so a search that goes on has the same ones.</summary>
    IReadOnlyList<SearchChoice> Choices { get; }
}
