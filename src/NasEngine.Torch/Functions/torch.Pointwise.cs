namespace NasEngine.Torch;

// The same operations as on Tensor, called as functions.
public static partial class torch
{
    /// <summary>Gives e to the power of each value.</summary>
    public static Tensor exp(Tensor input) => Of(input).exp();

    /// <summary>Gives e to the power of each value, less one, exactly near zero.</summary>
    public static Tensor expm1(Tensor input) => Of(input).expm1();

    /// <summary>Gives the natural logarithm; NaN below zero.</summary>
    public static Tensor log(Tensor input) => Of(input).log();

    /// <summary>Gives the natural logarithm of one plus each value, exactly near zero.</summary>
    public static Tensor log1p(Tensor input) => Of(input).log1p();

    /// <summary>Gives the logarithm to base two.</summary>
    public static Tensor log2(Tensor input) => Of(input).log2();

    /// <summary>Gives the square root; NaN below zero.</summary>
    public static Tensor sqrt(Tensor input) => Of(input).sqrt();

    /// <summary>Gives one over the square root.</summary>
    public static Tensor rsqrt(Tensor input) => Of(input).rsqrt();

    /// <summary>Gives each value times itself.</summary>
    public static Tensor square(Tensor input) => Of(input).square();

    /// <summary>Gives the sine of radians.</summary>
    public static Tensor sin(Tensor input) => Of(input).sin();

    /// <summary>Gives the cosine of radians.</summary>
    public static Tensor cos(Tensor input) => Of(input).cos();

    /// <summary>Gives the error function.</summary>
    public static Tensor erf(Tensor input) => Of(input).erf();

    /// <summary>Gives 1 / (1 + exp(-x)).</summary>
    public static Tensor sigmoid(Tensor input) => Of(input).sigmoid();

    /// <summary>Gives the hyperbolic tangent.</summary>
    public static Tensor tanh(Tensor input) => Of(input).tanh();

    /// <summary>Gives the larger of zero and each value.</summary>
    public static Tensor relu(Tensor input) => Of(input).relu();

    /// <summary>Rounds to the nearest whole number, halves to the even one. The gradient is zero.</summary>
    public static Tensor round(Tensor input) => Of(input).round();

    /// <summary>Rounds down.</summary>
    public static Tensor floor(Tensor input) => Of(input).floor();

    /// <summary>Rounds up.</summary>
    public static Tensor ceil(Tensor input) => Of(input).ceil();

    /// <summary>Gives exp(x) over the sum of exp(x) along <paramref name="dim"/>.</summary>
    public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => Of(input).softmax(dim, dtype);

    /// <summary>Gives the logarithm of softmax along <paramref name="dim"/>, without losing digits.</summary>
    public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => Of(input).log_softmax(dim, dtype);

    /// <summary>Gives running sums along <paramref name="dim"/>.</summary>
    public static Tensor cumsum(Tensor input, long dim, ScalarType? dtype = null) => Of(input).cumsum(dim, dtype);

    /// <summary>Keeps the lower triangle of the last two dimensions, zero elsewhere.</summary>
    public static Tensor tril(Tensor input, long diagonal = 0) => Of(input).tril(diagonal);

    /// <summary>Keeps the upper triangle of the last two dimensions, zero elsewhere.</summary>
    public static Tensor triu(Tensor input, long diagonal = 0) => Of(input).triu(diagonal);

    /// <summary>Multiplies matrices, with broadcasting over leading dimensions.</summary>
    public static Tensor matmul(Tensor input, Tensor other) => Of(input).matmul(other);

    /// <summary>Multiplies batches of matrices: <c>[b, n, m]</c> with <c>[b, m, p]</c>.</summary>
    public static Tensor bmm(Tensor input, Tensor mat2) => Of(input).bmm(mat2);

    /// <summary>Multiplies two matrices.</summary>
    public static Tensor mm(Tensor input, Tensor mat2) => Of(input).mm(mat2);
}
