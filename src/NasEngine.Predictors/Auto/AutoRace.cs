using NasEngine.Core.Predictors;
using NasEngine.Core.Randomness;
using NasEngine.Numerics.Statistics;
using NasEngine.Predictors.Ensemble;
using NasEngine.Predictors.Quality;
using NasEngine.Predictors.Scaling;

namespace NasEngine.Predictors.Auto;

/// <summary>Cross-validates candidates fold by fold, and leaves out after the first ones what does poorly.</summary>
/// <remarks>Not thread-safe. It reads no clock: what is left out for its cost follows from the trainers' estimates.</remarks>
internal sealed class AutoRace
{
    private const int Survivors = 8;

    // Once two folds are known, what is this much worse than the best is no help to it.
    private const double WorstShare = 1.6;

    private readonly double[] _targets;
    private readonly double[]? _scores;
    private readonly MonotoneMap? _map;
    private readonly AutoCriterion _criterion;
    private readonly double _budget;
    private readonly long _seed;
    private readonly int _folds;
    private double _spent;

    public AutoRace(double[] targets, MonotoneMap? map, AutoCriterion criterion, double budget, int folds, long seed)
    {
        (_targets, _map, _criterion, _budget, _folds, _seed) = (targets, map, criterion, budget, folds, seed);
        _scores = map is null ? null : [.. targets.Select(map.Score)];
    }

    /// <summary>Gives candidates with a prediction of every row by fits that did not see it, best first.</summary>
    public IReadOnlyList<AutoEntry> Run(IReadOnlyList<AutoCandidate> candidates)
    {
        int trainRows = _targets.Length - (_targets.Length / _folds);
        List<AutoEntry> entries = [.. Affordable(candidates, trainRows).Select(candidate => new AutoEntry(candidate, _targets.Length))];
        int[] assigned = CrossValidation.AssignFolds(_targets.Length, _folds, _seed);
        for (int fold = 0; fold < _folds; fold++)
        {
            foreach (AutoEntry entry in entries)
            {
                Predict(entry, assigned, fold);
            }

            Rank(entries, assigned, fold);
            entries = [.. Kept(entries, fold, trainRows)];
        }

        return entries;
    }

    /// <summary>Gives what the criterion makes of predictions: the less the better.</summary>
    public static double Cost(AutoCriterion criterion, double[] actual, double[] predicted)
    {
        // Of a constant prediction tau is not a number; it tells nothing, as tau 0 does.
        double tau = RankStatistics.KendallTau(actual, predicted);
        double lack = double.IsNaN(tau) ? 1 : 1 - tau;
        double percentage = ErrorStatistics.MeanAbsolutePercentage(actual, predicted);
        return criterion switch
        {
            AutoCriterion.KendallTau => lack,
            AutoCriterion.MeanAbsolutePercentageError => double.IsFinite(percentage) ? percentage : ErrorStatistics.MeanAbsolute(actual, predicted),
            _ => Math.Sqrt((lack + 1e-3) * (TrimmedError(actual, predicted, isRelative: double.IsFinite(percentage)) + 1e-9)),
        };
    }

    // A few values far off the rest, such as failed trainings, say little about any predictor: the worst tenth is left out.
    private static double TrimmedError(double[] actual, double[] predicted, bool isRelative)
    {
        double[] errors = [.. actual.Select((value, row) => Math.Abs(value - predicted[row]) / (isRelative ? Math.Abs(value) : 1))];
        Array.Sort(errors);
        return errors.Take(Math.Max(1, (int)Math.Ceiling(0.9 * errors.Length))).Average();
    }

    // The first fold is the only one that all candidates see: together they may take a third of the budget there. The cheapest come first.
    private IEnumerable<AutoCandidate> Affordable(IReadOnlyList<AutoCandidate> candidates, int rows)
    {
        double sum = 0;
        HashSet<AutoCandidate> kept = [];
        foreach (AutoCandidate candidate in candidates.OrderBy(candidate => candidate.Effort(rows)))
        {
            sum += candidate.Effort(rows);
            if (kept.Count > 0 && sum > _budget / 3)
            {
                break;
            }

            kept.Add(candidate);
        }

        return candidates.Where(kept.Contains);
    }

    private void Predict(AutoEntry entry, int[] assigned, int fold)
    {
        int[] train = [.. Enumerable.Range(0, assigned.Length).Where(row => assigned[row] != fold)];
        int[] test = [.. Enumerable.Range(0, assigned.Length).Where(row => assigned[row] == fold)];
        double[] targets = entry.Candidate.OnScores ? _scores! : _targets;
        double[] predicted = entry.Candidate.Fit(train, targets, new SeedTree(_seed).Child(fold).Seed).PredictAll(entry.Candidate.Table.Select(test));
        for (int index = 0; index < test.Length; index++)
        {
            entry.Predictions[test[index]] = _map is null ? predicted[index] : EnsemblePredictor.ValueOf(_map, entry.Candidate.OnScores, predicted[index]);
            entry.Scores[test[index]] = _map is null ? predicted[index] : EnsemblePredictor.ScoreOf(_map, entry.Candidate.OnScores, predicted[index]);
        }

        _spent += entry.Candidate.Effort(train.Length);
    }

    private void Rank(List<AutoEntry> entries, int[] assigned, int fold)
    {
        int[] known = [.. Enumerable.Range(0, assigned.Length).Where(row => assigned[row] <= fold)];
        double[] actual = [.. known.Select(row => _targets[row])];
        foreach (AutoEntry entry in entries)
        {
            double[] predicted = [.. known.Select(row => entry.Predictions[row])];
            entry.Quality = HoldOut.Compare(_targets.Length - ((_targets.Length + _folds - 1) / _folds), actual, predicted);
            entry.Cost = Cost(_criterion, actual, predicted);
        }

        entries.Sort(static (first, second) => first.Cost.CompareTo(second.Cost)); // stability does not matter: equal costs are equal predictors
    }

    // Half go after the first fold and all but eight after the second. The best of each trainer goes before another one of a trainer that is there
    // already, since members of different kinds make the better ensemble. What the remaining folds and the last fits would cost beyond the budget goes too.
    private IEnumerable<AutoEntry> Kept(List<AutoEntry> entries, int fold, int rows)
    {
        if (fold == _folds - 1)
        {
            return entries;
        }

        int most = fold == 0 ? Math.Max(Survivors, (entries.Count + 1) / 2) : Survivors;
        HashSet<string> trainers = [];
        (AutoEntry Entry, bool IsFirst)[] ranked = [.. entries.Select(entry => (entry, trainers.Add(entry.Candidate.Trainer.Name)))];
        HashSet<AutoEntry> kept = [];
        double cost = 0;
        foreach ((AutoEntry entry, _) in ranked.OrderByDescending(static pair => pair.IsFirst)) // a stable order: within each part the better ones lead
        {
            bool isHopeless = entry.Cost > WorstShare * entries[0].Cost && entries.IndexOf(entry) >= 2;
            double more = entry.Candidate.Effort(rows) * (_folds - fold);
            if (kept.Count == 0 || (kept.Count < most && !isHopeless && _spent + cost + more <= _budget))
            {
                cost += more;
                kept.Add(entry);
            }
        }

        return entries.Where(kept.Contains);
    }
}
