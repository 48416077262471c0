namespace NasEngine.Torch;

// The same operations as on Tensor, called as functions.
public static partial class torch
{
    /// <summary>Tells where both are equal.</summary>
    public static Tensor eq(Tensor input, Tensor other) => Of(input).eq(other);

    /// <summary>Tells where the value equals a number.</summary>
    public static Tensor eq(Tensor input, Scalar other) => Of(input).eq(other);

    /// <summary>Tells where both differ.</summary>
    public static Tensor ne(Tensor input, Tensor other) => Of(input).ne(other);

    /// <summary>Tells where the value differs from a number.</summary>
    public static Tensor ne(Tensor input, Scalar other) => Of(input).ne(other);

    /// <summary>Tells where the input is greater.</summary>
    public static Tensor gt(Tensor input, Tensor other) => Of(input).gt(other);

    /// <summary>Tells where the value is greater than a number.</summary>
    public static Tensor gt(Tensor input, Scalar other) => Of(input).gt(other);

    /// <summary>Tells where the input is greater or equal.</summary>
    public static Tensor ge(Tensor input, Tensor other) => Of(input).ge(other);

    /// <summary>Tells where the value is greater than a number or equal to it.</summary>
    public static Tensor ge(Tensor input, Scalar other) => Of(input).ge(other);

    /// <summary>Tells where the input is less.</summary>
    public static Tensor lt(Tensor input, Tensor other) => Of(input).lt(other);

    /// <summary>Tells where the value is less than a number.</summary>
    public static Tensor lt(Tensor input, Scalar other) => Of(input).lt(other);

    /// <summary>Tells where the input is less or equal.</summary>
    public static Tensor le(Tensor input, Tensor other) => Of(input).le(other);

    /// <summary>Tells where the value is less than a number or equal to it.</summary>
    public static Tensor le(Tensor input, Scalar other) => Of(input).le(other);

    /// <summary>Tells where both are true.</summary>
    public static Tensor logical_and(Tensor input, Tensor other) => Of(input).logical_and(other);

    /// <summary>Tells where either is true.</summary>
    public static Tensor logical_or(Tensor input, Tensor other) => Of(input).logical_or(other);

    /// <summary>Tells where exactly one is true.</summary>
    public static Tensor logical_xor(Tensor input, Tensor other) => Of(input).logical_xor(other);

    /// <summary>Tells where the value is false or zero.</summary>
    public static Tensor logical_not(Tensor input) => Of(input).logical_not();

    /// <summary>Tells where the value is neither infinite nor NaN.</summary>
    public static Tensor isfinite(Tensor input) => Of(input).isfinite();

    /// <summary>Tells where the value is NaN.</summary>
    public static Tensor isnan(Tensor input) => Of(input).isnan();

    /// <summary>Gives the larger of two values.</summary>
    public static Tensor maximum(Tensor input, Tensor other) => Of(input).maximum(other);

    /// <summary>Gives the smaller of two values.</summary>
    public static Tensor minimum(Tensor input, Tensor other) => Of(input).minimum(other);
}
