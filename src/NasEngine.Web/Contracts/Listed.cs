namespace NasEngine.Web.Contracts;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">What is on this page.</param>
/// <param name="Total">How much there is on all pages.</param>
/// <param name="NextCursor">What to ask the next page with, or <see langword="null"/> if this is the last.</param>
public sealed record Listed<T>(IReadOnlyList<T> Items, long Total, string? NextCursor)
{
    /// <summary>The entries of a page unless a request says otherwise.</summary>
    internal const int DefaultLimit = 50;

    /// <summary>The most entries of a page.</summary>
    internal const int MaxLimit = 500;

    /// <summary>Makes a list that has one page.</summary>
    internal static Listed<T> Whole(IReadOnlyList<T> items) => new(items, items.Count, null);
}
