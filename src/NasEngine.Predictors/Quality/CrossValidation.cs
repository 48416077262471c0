using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.Quality;

/// <summary>Estimates quality without a held-out part: every row is predicted by a fit that did not see it.</summary>
public static class CrossValidation
{
    /// <summary>Gives each row its fold.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="folds">How many folds; from 2 to the number of rows.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <returns><c>[rows]</c> fold numbers from 0; the folds' sizes differ by at most one.</returns>
    public static int[] AssignFolds(int rows, int folds, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, folds);
        int[] order = HoldOut.Shuffled(rows, seed);
        int[] assigned = new int[rows];
        for (int place = 0; place < rows; place++)
        {
            assigned[order[place]] = place % folds;
        }

        return assigned;
    }

    /// <summary>Predicts every row by a fit on the other folds.</summary>
    /// <param name="trainer">Fits the predictors.</param>
    /// <param name="table">The features.</param>
    /// <param name="targets">The values, one for each row.</param>
    /// <param name="folds">How many folds; from 2 to the number of rows.</param>
    /// <param name="seed">The seed of the folds and of every fit.</param>
    /// <returns><c>[rows]</c> predictions.</returns>
    public static double[] Predict(IPredictorTrainer trainer, FeatureTable table, IReadOnlyList<double> targets, int folds, long seed)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(targets);
        int[] assigned = AssignFolds(table.Rows, folds, seed);
        double[] predictions = new double[table.Rows];
        for (int fold = 0; fold < folds; fold++)
        {
            int[] train = [.. Enumerable.Range(0, table.Rows).Where(row => assigned[row] != fold)];
            IPredictor predictor = trainer.Fit(table.Select(train), [.. train.Select(row => targets[row])], seed);
            for (int row = 0; row < predictions.Length; row++)
            {
                predictions[row] = assigned[row] == fold ? predictor.Predict(table.Row(row)) : predictions[row];
            }
        }

        return predictions;
    }

    /// <summary>Computes the quality over all folds together.</summary>
    /// <param name="trainer">Fits the predictors.</param>
    /// <param name="table">The features.</param>
    /// <param name="targets">The values, one for each row.</param>
    /// <param name="folds">How many folds; from 2 to the number of rows.</param>
    /// <param name="seed">The seed of the folds and of every fit.</param>
    public static PredictorQuality Test(IPredictorTrainer trainer, FeatureTable table, IReadOnlyList<double> targets, int folds, long seed)
    {
        double[] predictions = Predict(trainer, table, targets, folds, seed);
        return HoldOut.Compare(table.Rows - ((table.Rows + folds - 1) / folds), [.. targets], predictions);
    }
}
