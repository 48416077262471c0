using System.Runtime.InteropServices;

namespace NasEngine.Torch;

/// <summary>A number handed to an operation: whole, fractional or a truth value. Converts from C# numbers by itself.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Scalar : IEquatable<Scalar>
{
    private readonly long _bits;
    private readonly long _kind;

    private Scalar(long bits, long kind)
    {
        _bits = bits;
        _kind = kind;
    }

    /// <summary>Converts a whole number.</summary>
    public static implicit operator Scalar(int value) => new(value, 0);

    /// <summary>Converts a whole number.</summary>
    public static implicit operator Scalar(long value) => new(value, 0);

    /// <summary>Converts a number.</summary>
    public static implicit operator Scalar(float value) => new(BitConverter.DoubleToInt64Bits(value), 1);

    /// <summary>Converts a number.</summary>
    public static implicit operator Scalar(double value) => new(BitConverter.DoubleToInt64Bits(value), 1);

    /// <summary>Converts a truth value.</summary>
    public static implicit operator Scalar(bool value) => new(value ? 1 : 0, 2);

    /// <summary>Tells whether two scalars hold the same kind and value.</summary>
    public static bool operator ==(Scalar left, Scalar right) => left.Equals(right);

    /// <summary>Tells whether two scalars differ.</summary>
    public static bool operator !=(Scalar left, Scalar right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Scalar other) => _bits == other._bits && _kind == other._kind;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Scalar other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_bits, _kind);
}
