using System.Collections.Immutable;
using NasEngine.Core.Spaces;

namespace NasEngine.Core.Search;

/// <summary>The only architectures that may be proposed, where not every one of a space has values: the rows of a table.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class CandidateSet
{
    private readonly HashSet<Genotype> _members;

    /// <summary>Initializes the set; repeated architectures count once, in the place of the first.</summary>
    /// <param name="candidates">Canonical genotypes of one space; at least one.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public CandidateSet(IEnumerable<Genotype> candidates)
    {
        All = [.. candidates.Distinct()];
        _members = [.. All];
        if (All.IsEmpty)
        {
            throw new ArgumentException("At least one candidate is needed.", nameof(candidates));
        }
    }

    /// <summary>Gets the candidates in the order they were given.</summary>
    public ImmutableArray<Genotype> All { get; }

    /// <summary>Says whether an architecture may be proposed.</summary>
    public bool Contains(Genotype genotype) => _members.Contains(genotype);
}
