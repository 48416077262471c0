using NasEngine.Core.Runs;

namespace NasEngine.Jobs.Queries;

/// <summary>The evaluations of one stage by columns, as they were at one moment. Rows that are added later make another table and leave this one as it is.</summary>
public sealed class EvaluationTable
{
    private readonly string[] _genotypes;
    private readonly Dictionary<string, double[]> _columns;

    private EvaluationTable(int count, string[] genotypes, Dictionary<string, double[]> columns) => (Count, _genotypes, _columns) = (count, genotypes, columns);

    /// <summary>Gets a table without rows.</summary>
    public static EvaluationTable Empty { get; } = new(0, [], []);

    /// <summary>Gets the number of rows.</summary>
    public int Count { get; }

    /// <summary>Gets the keys of the metrics that any row has, sorted.</summary>
    public IEnumerable<string> Keys => _columns.Keys.Order(StringComparer.Ordinal);

    /// <summary>Gives the architecture of a row in the words of its space.</summary>
    public string Genotype(int row) => _genotypes[row];

    /// <summary>Gives a metric of every row, NaN where a row lacks it; all are NaN if no row has it.</summary>
    public ReadOnlySpan<double> Column(string key) => _columns.TryGetValue(key, out double[]? values) ? values.AsSpan(0, Count) : Missing(Count);

    /// <summary>Gives the metrics of a row that are finite.</summary>
    public Dictionary<string, double> Metrics(int row)
    {
        Dictionary<string, double> metrics = new(StringComparer.Ordinal);
        foreach ((string key, double[] values) in _columns)
        {
            if (double.IsFinite(values[row]))
            {
                metrics[key] = values[row];
            }
        }

        return metrics;
    }

    /// <summary>Makes the table that has more rows after these.</summary>
    /// <remarks>Arrays are shared where they have room: a table reads only its own rows, so that older ones are not disturbed. Only the newest table may be added to.</remarks>
    internal EvaluationTable With(IReadOnlyList<StoredEvaluation> added)
    {
        if (added.Count == 0)
        {
            return this;
        }

        int count = Count + added.Count;
        string[] genotypes = Roomy(_genotypes, count, string.Empty);
        Dictionary<string, double[]> columns = _columns.ToDictionary(pair => pair.Key, pair => Roomy(pair.Value, count, double.NaN), StringComparer.Ordinal);
        for (int index = 0; index < added.Count; index++)
        {
            int row = Count + index;
            genotypes[row] = added[index].Genotype;
            foreach ((string key, double value) in added[index].Metrics)
            {
                if (!columns.TryGetValue(key, out double[]? column))
                {
                    columns[key] = column = Missing(genotypes.Length);
                }

                column[row] = value;
            }
        }

        return new EvaluationTable(count, genotypes, columns);
    }

    private static T[] Roomy<T>(T[] values, int count, T filler)
    {
        if (values.Length >= count)
        {
            return values;
        }

        T[] larger = new T[Math.Max(count, 2 * values.Length)];
        values.CopyTo(larger, 0);
        larger.AsSpan(values.Length).Fill(filler);
        return larger;
    }

    private static double[] Missing(int count)
    {
        double[] values = new double[count];
        values.AsSpan().Fill(double.NaN);
        return values;
    }
}
