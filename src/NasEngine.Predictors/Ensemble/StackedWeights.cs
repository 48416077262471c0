using NasEngine.Numerics.LinearAlgebra;

namespace NasEngine.Predictors.Ensemble;

/// <summary>Weights of an ensemble: not negative, with the least squared error of the sum, drawn a little towards equal ones.</summary>
internal static class StackedWeights
{
    // What the penalty counts against the rows: as much as ten of them.
    private const double PenaltyRows = 10;

    /// <summary>Finds weights and the constant.</summary>
    /// <param name="predictions">For every member its prediction of each row, by fits that did not see the row.</param>
    /// <param name="targets">The truth of each row.</param>
    /// <param name="rowWeights">How much each row counts; not negative.</param>
    /// <param name="rows">The rows to look at.</param>
    public static (double[] Weights, double Constant) Find(IReadOnlyList<double[]> predictions, double[] targets, double[] rowWeights, IReadOnlyList<int> rows)
    {
        int members = predictions.Count;
        double total = rows.Sum(row => rowWeights[row]);
        double mean = rows.Sum(row => rowWeights[row] * targets[row]) / total;
        double[] means = [.. predictions.Select(own => rows.Sum(row => rowWeights[row] * own[row]) / total)];
        double[] gram = new double[members * members];
        double[] right = new double[members];
        double variance = 0;
        foreach (int row in rows)
        {
            double weight = rowWeights[row] / total;
            double target = targets[row] - mean;
            variance += weight * target * target;
            for (int first = 0; first < members; first++)
            {
                double value = predictions[first][row] - means[first];
                right[first] += weight * value * target;
                for (int second = 0; second < members; second++)
                {
                    gram[(first * members) + second] += weight * value * (predictions[second][row] - means[second]);
                }
            }
        }

        double penalty = variance * PenaltyRows / (rows.Count * (double)members);
        for (int member = 0; member < members; member++)
        {
            gram[(member * members) + member] += penalty + (1e-9 * variance) + double.Epsilon;
            right[member] += penalty / members;
        }

        double[] weights = new double[members];
        NonNegativeLeastSquares.Solve(gram, right, [], weights);
        double constant = mean;
        for (int member = 0; member < members; member++)
        {
            constant -= weights[member] * means[member];
        }

        return (weights, constant);
    }
}
