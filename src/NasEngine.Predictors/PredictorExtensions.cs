using NasEngine.Core.Predictors;

namespace NasEngine.Predictors;

/// <summary>Predicts many rows at once.</summary>
public static class PredictorExtensions
{
    /// <summary>Predicts every row of a table.</summary>
    /// <param name="predictor">The predictor.</param>
    /// <param name="table">Features with the predictor's columns, in its order.</param>
    /// <returns><c>[rows]</c> predictions.</returns>
    /// <exception cref="ArgumentException">The columns differ.</exception>
    public static double[] PredictAll(this IPredictor predictor, FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(table);
        if (!predictor.Features.SequenceEqual(table.Columns))
        {
            throw new ArgumentException($"The predictor takes [{string.Join(", ", predictor.Features)}], the table has [{string.Join(", ", table.Columns)}].", nameof(table));
        }

        double[] predictions = new double[table.Rows];
        if (predictor is IBatchPredictor batch)
        {
            batch.PredictAll(table, predictions);
            return predictions;
        }

        for (int row = 0; row < predictions.Length; row++)
        {
            predictions[row] = predictor.Predict(table.Row(row));
        }

        return predictions;
    }
}
