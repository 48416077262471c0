namespace NasEngine.Torch;

// The same operations as on Tensor, called as functions.
public static partial class torch
{
    /// <summary>Adds <paramref name="other"/> times <paramref name="alpha"/>.</summary>
    public static Tensor add(Tensor input, Tensor other, double alpha = 1) => Of(input).add(other, alpha);

    /// <summary>Adds a number.</summary>
    public static Tensor add(Tensor input, Scalar other) => Of(input).add(other);

    /// <summary>Subtracts <paramref name="other"/> times <paramref name="alpha"/>.</summary>
    public static Tensor sub(Tensor input, Tensor other, double alpha = 1) => Of(input).sub(other, alpha);

    /// <summary>Subtracts a number.</summary>
    public static Tensor sub(Tensor input, Scalar other) => Of(input).sub(other);

    /// <summary>Multiplies.</summary>
    public static Tensor mul(Tensor input, Tensor other) => Of(input).mul(other);

    /// <summary>Multiplies by a number.</summary>
    public static Tensor mul(Tensor input, Scalar other) => Of(input).mul(other);

    /// <summary>Divides; whole numbers give fractions.</summary>
    public static Tensor div(Tensor input, Tensor other) => Of(input).div(other);

    /// <summary>Divides by a number; whole numbers give fractions.</summary>
    public static Tensor div(Tensor input, Scalar other) => Of(input).div(other);

    /// <summary>Divides by a number and rounds down.</summary>
    public static Tensor floor_divide(Tensor input, Scalar other) => Of(input).floor_divide(other);

    /// <summary>Gives the remainder of the division by a number, with the sign of the divisor.</summary>
    public static Tensor remainder(Tensor input, Scalar other) => Of(input).remainder(other);

    /// <summary>Raises to a power, elementwise.</summary>
    public static Tensor pow(Tensor input, Tensor exponent) => Of(input).pow(exponent);

    /// <summary>Raises to a power.</summary>
    public static Tensor pow(Tensor input, Scalar exponent) => Of(input).pow(exponent);

    /// <summary>Changes the sign.</summary>
    public static Tensor neg(Tensor input) => Of(input).neg();

    /// <summary>Gives the absolute value.</summary>
    public static Tensor abs(Tensor input) => Of(input).abs();

    /// <summary>Gives -1, 0 or 1.</summary>
    public static Tensor sign(Tensor input) => Of(input).sign();

    /// <summary>Gives one over each value.</summary>
    public static Tensor reciprocal(Tensor input) => Of(input).reciprocal();

    /// <summary>Limits each value to the range from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public static Tensor clamp(Tensor input, Scalar min, Scalar max) => Of(input).clamp(min, max);

    /// <summary>Raises values below <paramref name="min"/> to it.</summary>
    public static Tensor clamp_min(Tensor input, Scalar min) => Of(input).clamp_min(min);

    /// <summary>Lowers values above <paramref name="max"/> to it.</summary>
    public static Tensor clamp_max(Tensor input, Scalar max) => Of(input).clamp_max(max);

    /// <summary>Interpolates: the input at weight 0, <paramref name="end"/> at weight 1.</summary>
    public static Tensor lerp(Tensor input, Tensor end, Scalar weight) => Of(input).lerp(end, weight);
}
