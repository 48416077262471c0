using System.Globalization;
using NasEngine.Core.Randomness;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Numerics.Pareto;
using NasEngine.Search.Bayesian;
using NasEngine.Search.Linas;
using NasEngine.Search.NsgaII;
using NasEngine.Search.Surrogates;

namespace NasEngine.Search.Auto;

/// <summary>Runs one algorithm after another on everything that is known, as the number of evaluations and what they bring call for.</summary>
/// <remarks>
/// Each new algorithm is told all that was measured before it begins. Decisions are made at whole batches, from what was told alone.
/// </remarks>
internal sealed class AutoAlgorithm : ISearchAlgorithm, IExplainsChoices
{
    private const int ManyObjectives = 4;
    private const int StallWindow = 300;
    private const string Bayesian = "bo";
    private const string Predictors = "linas";
    private const string TwoObjectives = "nsga-ii";
    private const string MoreObjectives = "nsga-iii";

    private readonly SearchProblem _problem;
    private readonly AutoOptions _options;
    private readonly SearchAlgorithmRegistry _registry;
    private readonly SeedTree _seeds;
    private readonly SearchRecord _record;
    private readonly List<SearchChoice> _choices = [];
    private readonly List<Evaluation> _front = [];
    private readonly HashSet<Genotype> _forwarded = [];
    private ISearchAlgorithm _current;
    private int _seen;
    private int _lastProgress;

    public AutoAlgorithm(SearchProblem problem, AutoOptions options, long seed, SearchAlgorithmRegistry registry)
    {
        (_problem, _options, _registry, _seeds) = (problem, options, registry, new SeedTree(seed));
        _record = new SearchRecord(problem, seed, options.BatchSize);
        _current = Begin(0, Bayesian, problem.Objectives.Count > 1
            ? "Gaussian processes with expected hypervolume improvement gain most from each evaluation while these are few."
            : "A Gaussian process with expected improvement gains most from each evaluation while these are few.");
    }

    public IReadOnlyList<SearchChoice> Choices => _choices;

    public IReadOnlyList<Genotype> Ask(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        List<Genotype> proposals = [];
        while (proposals.Count < count && _current.Ask(count - proposals.Count) is { Count: > 0 } asked)
        {
            // What an earlier algorithm proposed and nobody has told yet is not known to the present one.
            foreach (Genotype genotype in asked.Where(_record.Memory.TryAdd))
            {
                _record.Propose(genotype);
                proposals.Add(genotype);
            }
        }

        return proposals;
    }

    public void Tell(IReadOnlyList<Evaluation> evaluations)
    {
        ArgumentNullException.ThrowIfNull(evaluations);
        foreach (Evaluation evaluation in evaluations)
        {
            bool isComplete = _record.Tell([evaluation]);
            if (_forwarded.Add(evaluation.Genotype))
            {
                _current.Tell([evaluation]);
            }

            if (isComplete)
            {
                Review();
            }
        }
    }

    private void Review()
    {
        for (; _seen < _record.Learned.Count; _seen++)
        {
            Evaluation evaluation = _record.Learned[_seen];
            if (Improves(evaluation))
            {
                _lastProgress = _seen + 1;
            }
        }

        string now = _choices[^1].Algorithm;
        string evolution = _problem.Objectives.Count > 2 && _registry.All.Any(kind => kind.Name == MoreObjectives) ? MoreObjectives : TwoObjectives;
        bool stalled = _seen - Math.Max(_lastProgress, _choices[^1].Evaluations) >= StallWindow;
        string count = _seen.ToString(CultureInfo.InvariantCulture);
        if (now == Bayesian && _problem.Objectives.Count >= ManyObjectives && _seen >= Math.Min(300, _options.BayesianUntil))
        {
            _current = Begin(_seen, evolution, $"With {_problem.Objectives.Count} objectives most architectures are on the front: directions spread better than expected hypervolume, which is exact for few points only.");
        }
        else if (now == Bayesian && _seen >= _options.BayesianUntil)
        {
            _current = Begin(_seen, Predictors, $"{count} evaluations are enough for light predictors, whose time does not grow with the square of evaluations.");
        }
        else if (now == Bayesian && stalled)
        {
            _current = Begin(_seen, Predictors, $"Nothing better was found in {StallWindow} evaluations: predictors of another kind may see what the present ones do not.");
        }
        else if (now == Predictors && (_seen >= _options.PredictorsUntil || stalled))
        {
            _current = Begin(_seen, evolution, stalled
                ? $"Nothing better was found in {StallWindow} evaluations: evolution needs no predictor that may be wrong."
                : $"With {count} evaluations, evolution from the front spreads further than predictors do.");
        }
    }

    private ISearchAlgorithm Begin(int evaluations, string name, string reason)
    {
        _choices.Add(new SearchChoice(evaluations, name, reason));
        SearchAlgorithmOptions? options = name switch
        {
            Bayesian => new BayesianOptions { BatchSize = _options.BatchSize },
            Predictors => new LinasOptions { PopulationSize = Math.Max(50, _options.BatchSize) },
            _ => null,
        };
        ISearchAlgorithm algorithm = _registry.Create(name, _problem, _seeds.Child(name).Seed, options);
        if (_record.Learned.Count > 0)
        {
            algorithm.Tell(_record.Learned);
        }

        return algorithm;
    }

    // Whether an evaluation joins the front of what is within the limits.
    private bool Improves(Evaluation evaluation)
    {
        if (_problem.Violation(evaluation) > 0)
        {
            return false;
        }

        double[] costs = _problem.Costs(evaluation);
        if (_front.Any(member => Dominance.IsNoWorse(_problem.Costs(member), costs)))
        {
            return false;
        }

        _front.RemoveAll(member => Dominance.IsNoWorse(costs, _problem.Costs(member)));
        _front.Add(evaluation);
        return true;
    }
}
