using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Search.Surrogates;

namespace NasEngine.Search.Bayesian;

/// <summary>Bayesian optimisation over a discrete space: Gaussian processes, logarithm of expected hypervolume improvement, batches by belief.</summary>
/// <remarks>
/// Of a closed pool (a small space, or the candidates) every architecture is scored; of a large space those that evolve towards a high score.
/// What is known is never scored. Everything follows from what was told in whole batches, so a stopped search goes on as it would have.
/// </remarks>
internal sealed class BayesianAlgorithm : ISearchAlgorithm
{
    private const int Shortlist = 1024;
    private const double GrowthBetweenFits = 1.3;

    private readonly SearchProblem _problem;
    private readonly BayesianOptions _options;
    private readonly SearchRecord _record;
    private readonly SearchOutputs _outputs;
    private readonly SurrogatePool _pool;
    private SurrogateModel? _model;
    private PoolPosterior[] _posteriors = [];
    private Acquisition? _acquisition;
    private Genotype[] _shortlist = [];
    private int _believed;

    public BayesianAlgorithm(SearchProblem problem, BayesianOptions options, long seed)
    {
        (_problem, _options) = (problem, options);
        _record = new SearchRecord(problem, seed, options.BatchSize);
        _outputs = new SearchOutputs(problem);
        _pool = new SurrogatePool(problem, options.PoolSize);
    }

    public IReadOnlyList<Genotype> Ask(int count) => _record.Ask(count, _options.InitialSize, Propose);

    public void Tell(IReadOnlyList<Evaluation> evaluations)
    {
        if (_record.Tell(evaluations))
        {
            _acquisition = null;
        }
    }

    private Genotype? Propose()
    {
        SearchMemory memory = _record.Memory;
        if (_acquisition is null)
        {
            Prepare();
        }

        for (; _believed < _record.Pending.Count && _believed < Shortlist; _believed++)
        {
            Genotype pending = _record.Pending[_believed];
            _acquisition!.Believe(Array.IndexOf(_shortlist, pending), _pool.RowOf(pending));
        }

        double[] scores = _believed < Shortlist ? _acquisition!.Scores() : [];
        int best = -1;
        for (int member = 0; member < scores.Length; member++)
        {
            if (memory.IsNew(_shortlist[member]) && (best < 0 || scores[member] > scores[best]))
            {
                best = member;
            }
        }

        return best >= 0 && memory.TryAdd(_shortlist[best]) ? _shortlist[best] : memory.DrawNew(memory.NextRandom());
    }

    private void Prepare()
    {
        IReadOnlyList<Evaluation> learned = _record.Learned;
        _pool.Observe(learned);
        int due = FitDue(learned.Count);
        bool isNew = _model?.Fitted != due;
        if (isNew)
        {
            _model = new SurrogateModel(_problem, _outputs, learned, [.. learned.Select(evaluation => _pool.RowOf(evaluation.Genotype))], due, _options.TrainingSize, _pool.Rows);
        }

        int[] held = [.. _model!.Held(learned.Count).Select(index => _pool.RowOf(learned[index].Genotype))];
        int[] members;
        if (_pool.IsClosed)
        {
            if (isNew)
            {
                _posteriors = [.. _model.Kernels.Select(kernel => new PoolPosterior(_pool.Rows, _pool.Members, kernel))];
            }

            foreach (PoolPosterior posterior in _posteriors)
            {
                posterior.Extend(held[posterior.Observed.Count..]);
            }

            members = _pool.Members;
        }
        else
        {
            members = _pool.Evolve(learned, _record.ModelRandom(), Shortlist, rows => new Acquisition(_model, _problem, learned, Posteriors(rows, held), rows.Length).Scores());
            _posteriors = Posteriors(members, held);
        }

        double[] scores = new Acquisition(_model, _problem, learned, _posteriors, members.Length).Scores();
        HashSet<int> known = [.. learned.Select(evaluation => _pool.RowOf(evaluation.Genotype))];
        int[] best = [.. Enumerable.Range(0, members.Length).Where(member => !known.Contains(members[member])).OrderByDescending(member => scores[member]).Take(Shortlist)];
        _shortlist = [.. best.Select(member => _pool.GenotypeOf(members[member]))];
        _acquisition = new Acquisition(_model, _problem, learned, [.. _posteriors.Select(posterior => posterior.Among(members, best))], best.Length);
        _believed = 0;
    }

    private PoolPosterior[] Posteriors(int[] members, int[] held)
    {
        PoolPosterior[] posteriors = [.. _model!.Kernels.Select(kernel => new PoolPosterior(_pool.Rows, members, kernel))];
        foreach (PoolPosterior posterior in posteriors)
        {
            posterior.Extend(held);
        }

        return posteriors;
    }

    // Fits become rarer as observations grow, but no less than every hundred.
    private int FitDue(int count)
    {
        int due = _options.InitialSize;
        while (Next(due) <= count)
        {
            due = Next(due);
        }

        return due;

        static int Next(int from) => from + Math.Min(100, Math.Max(4, (int)(from * (GrowthBetweenFits - 1))));
    }
}
