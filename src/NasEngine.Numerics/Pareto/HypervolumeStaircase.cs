namespace NasEngine.Numerics.Pareto;

/// <summary>The hypervolume of two minimised objectives while points come one at a time.</summary>
/// <remarks>Adding costs O(log n) and moving the steps behind. Not thread-safe.</remarks>
public sealed class HypervolumeStaircase
{
    private readonly double[] _reference;
    private double[] _xs = new double[16];
    private double[] _ys = new double[16];
    private int _steps;

    /// <summary>Initializes an empty set.</summary>
    /// <param name="referenceX">The reference point's first objective; finite.</param>
    /// <param name="referenceY">The reference point's second objective; finite.</param>
    public HypervolumeStaircase(double referenceX, double referenceY)
    {
        if (!double.IsFinite(referenceX) || !double.IsFinite(referenceY))
        {
            throw new ArgumentException($"A reference point must be finite, but is ({referenceX}, {referenceY}).", nameof(referenceX));
        }

        _reference = [referenceX, referenceY];
    }

    /// <summary>Gets the area between the points added so far and the reference point.</summary>
    public double Area { get; private set; }

    /// <summary>Gets the number of points that no other dominates; points not better than the reference in both objectives do not count.</summary>
    public int Count => _steps;

    /// <summary>Adds a point.</summary>
    /// <returns>The area that it adds: 0 if it is dominated, equal to one before, or not better than the reference.</returns>
    /// <exception cref="ArgumentException">A value is NaN.</exception>
    public double Add(double x, double y)
    {
        if (double.IsNaN(x) || double.IsNaN(y))
        {
            throw new ArgumentException($"A point must not have NaN, but is ({x}, {y}).", nameof(x));
        }

        if (x >= _reference[0] || y >= _reference[1])
        {
            return 0;
        }

        if (_steps == _xs.Length)
        {
            Array.Resize(ref _xs, 2 * _steps);
            Array.Resize(ref _ys, 2 * _steps);
        }

        double added = Staircase.AddStep(_xs, _ys, ref _steps, x, y, _reference[0], _reference[1]);
        Area += added;
        return added;
    }
}
