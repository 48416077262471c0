using NasEngine.Core.Predictors;

namespace NasEngine.Predictors;

/// <summary>Means and standard deviations of columns; a column that does not vary has deviation 0 and standardises to 0.</summary>
internal sealed record Standardization(double[] Means, double[] Deviations)
{
    public static Standardization Of(FeatureTable table)
    {
        int columns = table.Columns.Length;
        double[] means = new double[columns];
        double[] deviations = new double[columns];
        for (int column = 0; column < columns; column++)
        {
            for (int row = 0; row < table.Rows; row++)
            {
                means[column] += table.Row(row)[column] / table.Rows;
            }

            for (int row = 0; row < table.Rows; row++)
            {
                double difference = table.Row(row)[column] - means[column];
                deviations[column] += difference * difference / table.Rows;
            }

            // A constant column differs from its mean by rounding alone.
            double deviation = Math.Sqrt(deviations[column]);
            deviations[column] = deviation > 1e-12 * Math.Abs(means[column]) ? deviation : 0;
        }

        return new Standardization(means, deviations);
    }

    public void Apply(ReadOnlySpan<double> features, Span<double> standardized)
    {
        for (int column = 0; column < standardized.Length; column++)
        {
            standardized[column] = Deviations[column] > 0 ? (features[column] - Means[column]) / Deviations[column] : 0;
        }
    }

    public double[] Apply(FeatureTable table)
    {
        double[] standardized = new double[table.Values.Length];
        for (int row = 0; row < table.Rows; row++)
        {
            Apply(table.Row(row), standardized.AsSpan(row * Means.Length, Means.Length));
        }

        return standardized;
    }
}
