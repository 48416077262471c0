using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.Adaptation;

/// <summary>Three ways from one device to another.</summary>
/// <param name="Rescaled">Corrects the source's prediction.</param>
/// <param name="Extended">Takes the features and, as last column, the source's prediction.</param>
/// <param name="Anew">Takes the features alone.</param>
internal sealed record AdaptedMembers(RescaledSource Rescaled, IPredictor Extended, IPredictor Anew)
{
    /// <summary>The number of ways.</summary>
    public const int Count = 3;

    private const string ColumnName = "source";

    /// <summary>Adds the source's predictions to a table, as its last column.</summary>
    public static FeatureTable Extend(FeatureTable table, double[] sources)
    {
        int columns = table.Columns.Length;
        double[] values = new double[table.Rows * (columns + 1)];
        for (int row = 0; row < table.Rows; row++)
        {
            table.Row(row).CopyTo(values.AsSpan(row * (columns + 1)));
            values[(row * (columns + 1)) + columns] = sources[row];
        }

        string name = ColumnName;
        while (table.Columns.Contains(name))
        {
            name += "'";
        }

        return new FeatureTable([.. table.Columns, name], values, [.. table.Kinds, FeatureKind.Value]);
    }

    /// <summary>Gives each way's prediction.</summary>
    /// <param name="features">The features.</param>
    /// <param name="source">The source's prediction.</param>
    public double[] Predict(ReadOnlySpan<double> features, double source) =>
        [Rescaled.Predict(features, source), Extended.Predict([.. features, source]), Anew.Predict(features)];

    /// <summary>Adds up weighted predictions.</summary>
    public static double Blend(double[] weights, double[] predictions)
    {
        double sum = 0;
        for (int member = 0; member < weights.Length; member++)
        {
            sum += weights[member] * predictions[member];
        }

        return sum;
    }
}
