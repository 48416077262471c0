using NasEngine.Core.Errors;
using NasEngine.Core.Spaces;

namespace NasEngine.Core.Search;

/// <summary>Proposes architectures and learns from how they did.</summary>
/// <remarks>
/// Pure and synchronous: no I/O, no clock, no thread, no randomness but its own seed. Not thread-safe.
/// <see cref="Ask"/> remembers its proposals only so as not to repeat them; it learns from <see cref="Tell"/> alone.
/// Proposals are canonical. Equal sequences of calls give equal proposals, so a resumed search that is told what is stored
/// goes on as an uninterrupted one would, if it is asked and told in the same portions.
/// </remarks>
public interface ISearchAlgorithm
{
    /// <summary>
    /// Proposes up to <paramref name="count"/> architectures, none proposed or told before; fewer, or none, once the space is exhausted, or once a
    /// bounded number of tries finds nothing new that the problem's estimator puts within the limits.
    /// </summary>
    /// <param name="count">How many to propose; at least 1.</param>
    /// <exception cref="InfeasibleConstraintException">The problem has an estimator, and it puts everything that was tried beyond a limit.</exception>
    IReadOnlyList<Genotype> Ask(int count);

    /// <summary>Takes in finished evaluations, in any order.</summary>
    /// <exception cref="ArgumentException">An evaluation lacks a value that the problem's objectives or constraints need.</exception>
    void Tell(IReadOnlyList<Evaluation> evaluations);
}
