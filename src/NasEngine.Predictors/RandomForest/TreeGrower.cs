namespace NasEngine.Predictors.RandomForest;

/// <summary>Grows one regression tree until leaves have one row or one value.</summary>
/// <remarks>
/// Random forests take the best threshold of each column tried (Breiman: Random Forests, 2001), extremely randomised trees one drawn at random
/// (Geurts, Ernst, Wehenkel: Extremely Randomized Trees, 2006). Not thread-safe.
/// </remarks>
internal sealed class TreeGrower
{
    private readonly double[][] _columns;
    private readonly double[] _targets;
    private readonly int _tried;
    private readonly bool _drawsThresholds;
    private readonly Random _random;
    private readonly int[] _columnOrder;
    private readonly double[] _keys;
    private readonly double[] _sorted;

    /// <summary>Initializes a grower.</summary>
    /// <param name="columns">For every column its <c>[n]</c> values.</param>
    /// <param name="targets"><c>[n]</c>.</param>
    /// <param name="tried">How many columns that vary are tried at each node.</param>
    /// <param name="drawsThresholds">Whether thresholds are drawn.</param>
    /// <param name="random">The source of every draw.</param>
    public TreeGrower(double[][] columns, double[] targets, int tried, bool drawsThresholds, Random random)
    {
        (_columns, _targets, _tried, _drawsThresholds, _random) = (columns, targets, tried, drawsThresholds, random);
        _columnOrder = [.. Enumerable.Range(0, columns.Length)];
        _keys = new double[targets.Length];
        _sorted = new double[targets.Length];
    }

    /// <summary>Appends a tree to lists of nodes.</summary>
    /// <param name="rows">The rows it is grown on, some perhaps several times; their order is changed.</param>
    /// <param name="features">Receives each node's column.</param>
    /// <param name="thresholds">Receives each node's threshold, or a leaf's value.</param>
    /// <param name="lefts">Receives each node's left child.</param>
    public void Grow(int[] rows, List<int> features, List<double> thresholds, List<int> lefts)
    {
        Stack<(int Node, int From, int To)> open = new([(Append(features, thresholds, lefts), 0, rows.Length)]);
        while (open.TryPop(out (int Node, int From, int To) part))
        {
            Span<int> own = rows.AsSpan(part.From, part.To - part.From);
            (int column, double threshold) = Varies(own) ? BestSplit(own) : (-1, 0);
            if (column < 0)
            {
                thresholds[part.Node] = MeanOf(own);
                continue;
            }

            int middle = part.From + Divide(own, _columns[column], threshold);
            (features[part.Node], thresholds[part.Node]) = (column, threshold);
            lefts[part.Node] = Append(features, thresholds, lefts);
            Append(features, thresholds, lefts);
            open.Push((lefts[part.Node] + 1, middle, part.To));
            open.Push((lefts[part.Node], part.From, middle));
        }
    }

    private static int Append(List<int> features, List<double> thresholds, List<int> lefts)
    {
        features.Add(0);
        thresholds.Add(0);
        lefts.Add(-1);
        return lefts.Count - 1;
    }

    private bool Varies(ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            if (_targets[row] != _targets[rows[0]])
            {
                return true;
            }
        }

        return false;
    }

    private double MeanOf(ReadOnlySpan<int> rows)
    {
        double sum = 0;
        foreach (int row in rows)
        {
            sum += _targets[row];
        }

        return sum / rows.Length;
    }

    // Columns that do not vary among the rows do not count as tried.
    private (int Column, double Threshold) BestSplit(ReadOnlySpan<int> rows)
    {
        (int best, double threshold, double most) = (-1, 0, double.NegativeInfinity);
        double total = MeanOf(rows) * rows.Length;
        int tried = 0;
        for (int place = 0; place < _columnOrder.Length && tried < _tried; place++)
        {
            int other = _random.Next(place, _columnOrder.Length);
            (_columnOrder[place], _columnOrder[other]) = (_columnOrder[other], _columnOrder[place]);
            int column = _columnOrder[place];
            (double least, double greatest) = Range(rows, _columns[column]);
            if (least == greatest)
            {
                continue;
            }

            tried++;
            (double gain, double at) = _drawsThresholds ? DrawnThreshold(rows, _columns[column], least, greatest, total) : BestThreshold(rows, _columns[column], total);
            (best, threshold, most) = gain > most ? (column, at, gain) : (best, threshold, most);
        }

        return (best, threshold);
    }

    private static (double Least, double Greatest) Range(ReadOnlySpan<int> rows, double[] values)
    {
        (double least, double greatest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (int row in rows)
        {
            (least, greatest) = (Math.Min(least, values[row]), Math.Max(greatest, values[row]));
        }

        return (least, greatest);
    }

    private (double Gain, double Threshold) DrawnThreshold(ReadOnlySpan<int> rows, double[] values, double least, double greatest, double total)
    {
        // Values below the threshold go left, so it must lie above the least value.
        double threshold = greatest - (_random.NextDouble() * (greatest - least));
        threshold = threshold > least ? threshold : greatest;
        (double sum, int count) = (0, 0);
        foreach (int row in rows)
        {
            if (values[row] < threshold)
            {
                (sum, count) = (sum + _targets[row], count + 1);
            }
        }

        return (Gain(sum, count, total, rows.Length), threshold);
    }

    private (double Gain, double Threshold) BestThreshold(ReadOnlySpan<int> rows, double[] values, double total)
    {
        for (int index = 0; index < rows.Length; index++)
        {
            (_keys[index], _sorted[index]) = (values[rows[index]], _targets[rows[index]]);
        }

        _keys.AsSpan(0, rows.Length).Sort(_sorted.AsSpan(0, rows.Length));
        (double most, double threshold, double sum) = (double.NegativeInfinity, 0, 0);
        for (int index = 1; index < rows.Length; index++)
        {
            sum += _sorted[index - 1];
            if (_keys[index] != _keys[index - 1] && Gain(sum, index, total, rows.Length) is double gain && gain > most)
            {
                double middle = _keys[index - 1] + ((_keys[index] - _keys[index - 1]) / 2);
                (most, threshold) = (gain, middle > _keys[index - 1] ? middle : _keys[index]);
            }
        }

        return (most, threshold);
    }

    // What the squared error falls by, without the part that is the same for every split of these rows.
    private static double Gain(double sum, int count, double total, int all) => (sum * sum / count) + ((total - sum) * (total - sum) / (all - count));

    private static int Divide(Span<int> rows, double[] values, double threshold)
    {
        int left = 0;
        for (int index = 0; index < rows.Length; index++)
        {
            if (values[rows[index]] < threshold)
            {
                (rows[left], rows[index]) = (rows[index], rows[left]);
                left++;
            }
        }

        return left;
    }
}
