namespace NasEngine.Search.Surrogates;

/// <summary>Brings costs to a scale that a Gaussian process fits: the better part keeps its proportions, the tail of bad ones is drawn in.</summary>
/// <remarks>
/// Searches care about differences among good architectures. Some, such as networks that do not train at all, lie so far off that they would
/// decide every variance: beyond the knee, which is the median, costs grow by their logarithm. Then mean 0 and deviation 1.
/// </remarks>
internal sealed class CostScale
{
    private readonly double _knee;
    private readonly double _spread;
    private readonly double _mean;
    private readonly double _deviation = 1;

    /// <summary>Initializes the scale from costs observed; smaller is better.</summary>
    public CostScale(ReadOnlySpan<double> costs)
    {
        double[] sorted = costs.ToArray();
        sorted.AsSpan().Sort();
        _knee = sorted[sorted.Length / 2];
        _spread = _knee - sorted[0];
        if (!(_spread > 1e-12 * Math.Abs(_knee)))
        {
            (_knee, _spread) = (double.PositiveInfinity, 1);
        }

        double[] bent = [.. sorted.Select(Bend)];
        _mean = bent.Average();
        double squares = bent.Average(value => (value - _mean) * (value - _mean));
        _deviation = squares > 1e-24 * Math.Max(1e-300, _mean * _mean) ? Math.Sqrt(squares) : 1;
    }

    /// <summary>Gives a cost on the scale. Increases with the cost.</summary>
    public double Of(double cost) => (Bend(cost) - _mean) / _deviation;

    /// <summary>Gives a cost on the scale as if its tail were not drawn in: for reference points, that keep their proportion to good costs.</summary>
    public double Straight(double cost) => (cost - _mean) / _deviation;

    private double Bend(double cost) => cost <= _knee ? cost : _knee + (_spread * Math.Log(1 + ((cost - _knee) / _spread)));
}
