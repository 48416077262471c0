using NasEngine.Core.Search;
using NasEngine.Core.Spaces;

namespace NasEngine.Search;

/// <summary>Holds architectures to the limits whose values an estimator knows, and finds some that are within them.</summary>
/// <remarks>Rejecting draws until one fits never ends where nothing fits, and hardly ever where little does: here, all tries are bounded.</remarks>
internal sealed class FeasibleDraw(SearchProblem problem)
{
    private const int Descents = 8;

    // The architecture closest to each limit, and the one closest to all of them.
    private readonly Dictionary<int, (double Miss, Genotype Genotype)> _closest = [];
    private bool _acceptedAny;
    private int _examined;

    /// <summary>Says whether the estimator puts an architecture within the limits.</summary>
    public bool Accepts(Genotype genotype)
    {
        bool accepts = Violation(genotype) == 0;
        _acceptedAny |= accepts;
        return accepts;
    }

    /// <summary>Draws architectures and changes them gene by gene until one is within the limits and new.</summary>
    /// <param name="draw">Gives a start.</param>
    /// <param name="isNew">Says whether an architecture may be given out.</param>
    /// <param name="random">The source of the draws.</param>
    /// <returns>The architecture, or <see langword="null"/> if a few descents find none.</returns>
    public Genotype? Lead(Func<Random, Genotype> draw, Func<Genotype, bool> isNew, Random random)
    {
        for (int descent = 0; descent < Descents; descent++)
        {
            Genotype place = draw(random);
            double violation = Violation(place);
            while (violation > 0)
            {
                (Genotype next, double least) = Neighbourhood.Of(problem.Space, place).Select(neighbour => (neighbour, Violation(neighbour))).DefaultIfEmpty((place, violation)).MinBy(pair => pair.Item2);
                if (least >= violation)
                {
                    break;
                }

                (place, violation) = (next, least);
            }

            if (violation == 0 && (isNew(place) ? place : Neighbourhood.Of(problem.Space, place).FirstOrDefault(isNew)) is Genotype found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Ends a search in which nothing was ever within the limits.</summary>
    /// <exception cref="Core.Errors.InfeasibleConstraintException">Nothing was; the message names what came closest.</exception>
    public void ThrowIfNothingAccepted()
    {
        if (!_acceptedAny && _closest.Count > 0)
        {
            SearchProblem known = problem with { Constraints = [.. problem.Constraints.Where((_, index) => _closest.ContainsKey(index))] };
            Evaluation[] closest = [.. _closest.Values.Select(pair => pair.Genotype).Distinct().Select(genotype => new Evaluation(genotype, new MetricSet(
                known.Constraints.Select(limit => KeyValuePair.Create(limit.Key.ToString(), problem.Estimator!.Estimate(genotype, limit.Key))))))];
            throw Infeasibility.Find(known, closest, _examined) ?? throw new InvalidOperationException("The estimator gives one architecture different values.");
        }
    }

    private double Violation(Genotype genotype)
    {
        _examined++;
        double sum = 0;
        for (int index = 0; index < problem.Constraints.Count; index++)
        {
            double value = problem.Estimator!.Estimate(genotype, problem.Constraints[index].Key);
            if (!double.IsNaN(value))
            {
                double miss = problem.Constraints[index].Violation(value);
                sum += miss;
                Note(index, miss, genotype);
            }
        }

        if (_closest.Count > 0)
        {
            Note(-1, sum, genotype);
        }

        return sum;
    }

    private void Note(int index, double miss, Genotype genotype)
    {
        if (!_acceptedAny && (!_closest.TryGetValue(index, out (double Miss, Genotype Genotype) best) || miss < best.Miss))
        {
            _closest[index] = (miss, genotype);
        }
    }
}
