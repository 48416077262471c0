namespace NasEngine.Search.NsgaIII;

/// <summary>Brings the costs of a front to one scale: 0 at the best value seen, 1 where the plane through the extreme points meets the axis. Deb, Jain 2014, section IV-C.</summary>
/// <remarks>The best values and the extreme points are those of all calls so far.</remarks>
internal sealed class CostNormalisation(int objectives)
{
    private const double Tiny = 1e-6;

    private readonly double[] _ideal = [.. Enumerable.Repeat(double.PositiveInfinity, objectives)];
    private double[][] _extremes = [];

    /// <summary>Normalises costs; infinite ones become very large.</summary>
    /// <param name="costs">The costs of those that may survive.</param>
    /// <param name="isFirst">Which of them are in the first front.</param>
    public double[][] Apply(double[][] costs, bool[] isFirst)
    {
        double[][] first = [.. costs.Where((row, index) => isFirst[index] && Array.TrueForAll(row, double.IsFinite))];
        foreach (double[] row in first)
        {
            for (int index = 0; index < objectives; index++)
            {
                _ideal[index] = Math.Min(_ideal[index], row[index]);
            }
        }

        double[] scale = Scale(first);
        return [.. costs.Select(row => row.Select((cost, index) => Math.Clamp((cost - (double.IsFinite(_ideal[index]) ? _ideal[index] : 0)) / scale[index], 0, 1e9)).ToArray())];
    }

    private double[] Scale(double[][] first)
    {
        double[] widths = [.. Enumerable.Range(0, objectives).Select(index => first.Length == 0 ? 1 : Math.Max(first.Max(row => row[index]) - _ideal[index], Tiny * Math.Max(Tiny, Math.Abs(_ideal[index]))))];
        double[][] candidates = [.. first, .. _extremes];
        if (candidates.Length == 0)
        {
            return widths;
        }

        _extremes = [.. Enumerable.Range(0, objectives).Select(axis => candidates.MinBy(row => AlongAxis(row, axis, widths))!)];
        return Intercepts() is double[] intercepts && Enumerable.Range(0, objectives).All(index => intercepts[index] > Tiny * widths[index]) ? intercepts : widths;
    }

    // The achievement scalarising function; the scale of the objectives is taken out first.
    private double AlongAxis(double[] row, int axis, double[] widths) =>
        Enumerable.Range(0, objectives).Max(index => (row[index] - _ideal[index]) / widths[index] / (index == axis ? 1 : Tiny));

    // Solves E · x = 1 by elimination with pivots; the plane meets axis i at 1 / x_i.
    private double[]? Intercepts()
    {
        double[][] rows = [.. _extremes.Select(extreme => extreme.Select((cost, index) => cost - _ideal[index]).Append(1).ToArray())];
        for (int column = 0; column < objectives; column++)
        {
            int pivot = Enumerable.Range(column, objectives - column).MaxBy(row => Math.Abs(rows[row][column]));
            (rows[column], rows[pivot]) = (rows[pivot], rows[column]);
            if (Math.Abs(rows[column][column]) < 1e-300)
            {
                return null;
            }

            foreach (double[] row in rows.Where((_, index) => index != column))
            {
                double factor = row[column] / rows[column][column];
                for (int index = column; index <= objectives; index++)
                {
                    row[index] -= factor * rows[column][index];
                }
            }
        }

        double[] intercepts = [.. Enumerable.Range(0, objectives).Select(index => rows[index][index] / rows[index][objectives])];
        return Array.TrueForAll(intercepts, value => double.IsFinite(value) && value > 0) ? intercepts : null;
    }
}
