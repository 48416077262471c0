using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Numerics.Pareto;
using NasEngine.Search.NsgaII;
using NasEngine.Search.Surrogates;

namespace NasEngine.Search.Bayesian;

/// <summary>How much each architecture of a pool is expected to add, after some were proposed whose values are not known yet.</summary>
/// <remarks>
/// Proposals count as if they had come out as predicted (kriging believer; Ginsbourger, Le Riche, Carraro 2010), so the next one is looked
/// for elsewhere. A limit on an objective moves the reference point; other limits count by the probability that they are met.
/// </remarks>
internal sealed class Acquisition
{
    private const double Optimism = 4;
    private const int MostBoxes = 2000;

    private readonly Genotype _none = new([]);
    private readonly SurrogateModel _model;
    private readonly IReadOnlyList<Evaluation> _evaluations;
    private readonly PoolPosterior[] _posteriors;
    private readonly float[][] _means;
    private readonly float[][] _variances;
    private readonly List<double[]> _front = [];
    private readonly double[] _reference;
    private readonly List<(int Output, double Sign, double Bound)> _probabilities = [];
    private HypervolumeImprovement _improvement;

    /// <summary>Initializes the acquisition over a pool.</summary>
    /// <param name="model">Kernels and scales.</param>
    /// <param name="problem">What is searched for.</param>
    /// <param name="evaluations">Everything known.</param>
    /// <param name="posteriors">For each output the posterior of the pool, given all that the model holds.</param>
    /// <param name="size">The number of architectures in the pool.</param>
    public Acquisition(SurrogateModel model, SearchProblem problem, IReadOnlyList<Evaluation> evaluations, PoolPosterior[] posteriors, int size)
    {
        (_model, _evaluations, _posteriors, Size) = (model, evaluations, posteriors, size);
        _means = [.. posteriors.Select(_ => new float[size])];
        _variances = [.. posteriors.Select(_ => new float[size])];
        double[][] scaled = [.. Enumerable.Range(0, model.Outputs.Count).Select(output => model.Scaled(evaluations, output))];
        int[] objectives = model.Outputs.Objectives;
        _reference = [.. objectives.Select(output => model.Scale(output).Straight(model.Outputs.Values(evaluations, output).Max()))];
        foreach (OutputLimit limit in model.Outputs.Limits)
        {
            int objective = Array.IndexOf(objectives, limit.Output);
            if (limit.Most is double most && objective >= 0)
            {
                _reference[objective] = Math.Min(_reference[objective], model.Scale(limit.Output).Of(most));
            }
            else if (limit.Most is double bound)
            {
                _probabilities.Add((limit.Output, 1, model.Scale(limit.Output).Of(bound)));
            }

            if (limit.Least is double least)
            {
                _probabilities.Add((limit.Output, -1, model.Scale(limit.Output).Of(least)));
            }
        }

        for (int index = 0; index < evaluations.Count; index++)
        {
            if (problem.Violation(evaluations[index]) == 0)
            {
                _front.Add([.. objectives.Select(output => scaled[output][index])]);
            }
        }

        Thin(_front);
        _improvement = Improvement();
        Refresh();
    }

    /// <summary>Gets the number of architectures in the pool.</summary>
    public int Size { get; }

    /// <summary>Gives the logarithm of what each member is expected to add; minus infinity where even an optimistic guess adds nothing.</summary>
    public double[] Scores()
    {
        double[] scores = new double[Size];
        Array.Fill(scores, double.NegativeInfinity);
        bool any = Score(scores, pruned: true);
        if (!any)
        {
            Score(scores, pruned: false);
        }

        return scores;
    }

    /// <summary>Counts a member as proposed.</summary>
    /// <param name="member">Its place in the pool, or -1 if it is not in it.</param>
    /// <param name="row">The row of its features.</param>
    public void Believe(int member, int row)
    {
        foreach (PoolPosterior posterior in _posteriors)
        {
            posterior.Extend([row]);
        }

        for (int output = 0; output < _posteriors.Length; output++)
        {
            _posteriors[output].Variances(_variances[output]);
        }

        if (member >= 0 && _probabilities.All(limit => limit.Sign * (limit.Bound - _means[limit.Output][member]) >= 0))
        {
            _front.Add([.. _model.Outputs.Objectives.Select(output => (double)_means[output][member])]);
            Thin(_front);
            _improvement = Improvement();
        }
    }

    // Boxes grow with a power of the front: with many objectives, its most lonely points stand for it.
    private HypervolumeImprovement Improvement()
    {
        int most = _reference.Length <= 2 ? int.MaxValue : (int)Math.Pow(MostBoxes, 1.0 / (_reference.Length - 1));
        IReadOnlyList<double[]> front = _front.Count <= most
            ? _front
            : [.. Survival.Select([.. _front.Select(costs => new Individual(_none, costs, 0))], most).Select(individual => individual.Costs)];
        return new HypervolumeImprovement(front, _reference);
    }

    private void Refresh()
    {
        for (int output = 0; output < _posteriors.Length; output++)
        {
            double[] scaled = _model.Scaled(_evaluations, output);
            _posteriors[output].Means([.. _model.Held(_evaluations.Count).Select(index => scaled[index])], _means[output]);
            _posteriors[output].Variances(_variances[output]);
        }
    }

    private bool Score(double[] scores, bool pruned)
    {
        int[] objectives = _model.Outputs.Objectives;
        double[] means = new double[objectives.Length];
        double[] deviations = new double[objectives.Length];
        double[] optimistic = new double[objectives.Length];
        bool any = false;
        for (int member = 0; member < Size; member++)
        {
            for (int objective = 0; objective < objectives.Length; objective++)
            {
                means[objective] = _means[objectives[objective]][member];
                deviations[objective] = Math.Sqrt(_variances[objectives[objective]][member]);
                optimistic[objective] = means[objective] - (Optimism * deviations[objective]);
            }

            if (pruned && _improvement.IsDominated(optimistic))
            {
                continue;
            }

            double score = _improvement.LogExpected(means, deviations);
            foreach ((int output, double sign, double bound) in _probabilities)
            {
                score += NormalDistribution.LogCumulative(sign * (bound - _means[output][member]) / Math.Sqrt(_variances[output][member]));
            }

            scores[member] = score;
            any |= score > double.NegativeInfinity;
        }

        return any;
    }

    private static void Thin(List<double[]> front)
    {
        for (int index = front.Count - 1; index >= 0; index--)
        {
            for (int other = 0; other < front.Count; other++)
            {
                if (other != index && Dominance.IsNoWorse(front[other], front[index]) && (other < index || !Dominance.IsNoWorse(front[index], front[other])))
                {
                    front.RemoveAt(index);
                    break;
                }
            }
        }
    }
}
