using System.Globalization;

namespace NasEngine.Core.Units;

/// <summary>Time for one forward pass on one device. Never a bare <see cref="double"/>.</summary>
/// <remarks>Stored in nanoseconds, printed in milliseconds. The default value is zero.</remarks>
public readonly record struct Latency : IComparable<Latency>
{
    private Latency(double nanoseconds) => Nanoseconds = nanoseconds;

    /// <summary>Gets the value in nanoseconds; finite and not negative.</summary>
    public double Nanoseconds { get; }

    /// <summary>Gets the value in milliseconds.</summary>
    public double Milliseconds => Nanoseconds / 1e6;

    /// <summary>Creates a latency from milliseconds.</summary>
    /// <param name="milliseconds">Milliseconds; finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="milliseconds"/> is negative, NaN or infinite.</exception>
    public static Latency FromMilliseconds(double milliseconds) => FromNanoseconds(milliseconds * 1e6);

    /// <summary>Creates a latency from nanoseconds.</summary>
    /// <param name="nanoseconds">Nanoseconds; finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="nanoseconds"/> is negative, NaN or infinite.</exception>
    public static Latency FromNanoseconds(double nanoseconds) =>
        double.IsFinite(nanoseconds) && nanoseconds >= 0
            ? new Latency(nanoseconds)
            : throw new ArgumentOutOfRangeException(nameof(nanoseconds), nanoseconds, "A latency must be finite and not negative.");

    /// <inheritdoc/>
    public int CompareTo(Latency other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>Says whether <paramref name="left"/> is shorter.</summary>
    public static bool operator <(Latency left, Latency right) => left.Nanoseconds < right.Nanoseconds;

    /// <summary>Says whether <paramref name="left"/> is longer.</summary>
    public static bool operator >(Latency left, Latency right) => left.Nanoseconds > right.Nanoseconds;

    /// <summary>Says whether <paramref name="left"/> is not longer.</summary>
    public static bool operator <=(Latency left, Latency right) => left.Nanoseconds <= right.Nanoseconds;

    /// <summary>Says whether <paramref name="left"/> is not shorter.</summary>
    public static bool operator >=(Latency left, Latency right) => left.Nanoseconds >= right.Nanoseconds;

    /// <summary>Gives the milliseconds with three significant digits or more, such as <c>0.213 ms</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds:0.###} ms");
}
