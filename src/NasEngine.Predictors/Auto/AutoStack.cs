using NasEngine.Core.Predictors;
using NasEngine.Predictors.Ensemble;
using NasEngine.Predictors.Quality;
using NasEngine.Predictors.Scaling;

namespace NasEngine.Predictors.Auto;

/// <summary>An ensemble of cross-validated candidates, judged by weights that were found without the rows judged on.</summary>
/// <param name="Members">The candidates with a weight above 0.</param>
/// <param name="Weights">Their weights.</param>
/// <param name="Constant">What is added.</param>
/// <param name="AddsScores">Whether scores are added up, not values.</param>
/// <param name="Quality">The cross-validated quality.</param>
/// <param name="Cost">What the criterion makes of it.</param>
internal sealed record AutoStack(IReadOnlyList<AutoEntry> Members, double[] Weights, double Constant, bool AddsScores, PredictorQuality Quality, double Cost)
{
    private const int Folds = 10;

    // A member below this share of the weights is not worth its fit.
    private const double LeastShare = 0.04;

    /// <summary>Finds weights.</summary>
    /// <param name="entries">Cross-validated candidates.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="map">The map to scores, or <see langword="null"/> if there is none.</param>
    /// <param name="addsScores">Whether scores are to be added up.</param>
    /// <param name="criterion">What the ensemble is judged by.</param>
    /// <param name="seed">The seed of the folds.</param>
    public static AutoStack Find(IReadOnlyList<AutoEntry> entries, double[] targets, MonotoneMap? map, bool addsScores, AutoCriterion criterion, long seed)
    {
        double[] unified = addsScores ? [.. targets.Select(map!.Score)] : targets;
        bool isRelative = criterion != AutoCriterion.KendallTau && targets.All(static target => target > 0);
        double[] rowWeights = new double[targets.Length];
        for (int row = 0; row < rowWeights.Length; row++)
        {
            rowWeights[row] = isRelative && !addsScores ? 1 / (targets[row] * targets[row]) : 1;
        }

        AutoEntry[] members = [.. entries];
        double[][] predictions = [.. members.Select(Own)];
        int[] all = [.. Enumerable.Range(0, targets.Length)];
        (double[] weights, _) = StackedWeights.Find(predictions, unified, rowWeights, all);
        double least = LeastShare * weights.Sum();
        int[] kept = [.. Enumerable.Range(0, members.Length).Where(member => weights[member] >= least)];
        (members, predictions) = ([.. kept.Select(member => members[member])], [.. kept.Select(member => predictions[member])]);
        (weights, double constant) = StackedWeights.Find(predictions, unified, rowWeights, all);

        int folds = Math.Min(Folds, targets.Length);
        int[] assigned = CrossValidation.AssignFolds(targets.Length, folds, seed);
        double[] found = new double[targets.Length];
        for (int fold = 0; fold < folds; fold++)
        {
            (double[] own, double offset) = StackedWeights.Find(predictions, unified, rowWeights, [.. all.Where(row => assigned[row] != fold)]);
            foreach (int row in all.Where(row => assigned[row] == fold))
            {
                double sum = offset + own.Select((weight, member) => weight * predictions[member][row]).Sum();
                found[row] = addsScores ? map!.Value(sum) : sum;
            }
        }

        return new AutoStack(members, weights, constant, addsScores, HoldOut.Compare(members[0].Quality.TrainedOn, targets, found), AutoRace.Cost(criterion, targets, found));

        double[] Own(AutoEntry entry) => addsScores ? entry.Scores : entry.Predictions;
    }
}
