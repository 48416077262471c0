namespace NasEngine.Torch;

public static partial class torch
{
    // Functions of one tensor, elementwise.
    public sealed partial class Tensor
    {
        /// <summary>Gives e to the power of each value.</summary>
        public Tensor exp() =>
            Wrap(NativeMethods.exp(Handle), this);

        /// <summary>Gives e to the power of each value, less one, exactly near zero.</summary>
        public Tensor expm1() =>
            Wrap(NativeMethods.expm1(Handle), this);

        /// <summary>Gives the natural logarithm; NaN below zero.</summary>
        public Tensor log() =>
            Wrap(NativeMethods.log(Handle), this);

        /// <summary>Gives the natural logarithm of one plus each value, exactly near zero.</summary>
        public Tensor log1p() =>
            Wrap(NativeMethods.log1p(Handle), this);

        /// <summary>Gives the logarithm to base two.</summary>
        public Tensor log2() =>
            Wrap(NativeMethods.log2(Handle), this);

        /// <summary>Gives the square root; NaN below zero.</summary>
        public Tensor sqrt() =>
            Wrap(NativeMethods.sqrt(Handle), this);

        /// <summary>Takes the square root in place.</summary>
        public Tensor sqrt_() =>
            Same(NativeMethods.sqrt_(Handle), this);

        /// <summary>Gives one over the square root.</summary>
        public Tensor rsqrt() =>
            Wrap(NativeMethods.rsqrt(Handle), this);

        /// <summary>Gives each value times itself.</summary>
        public Tensor square() =>
            Wrap(NativeMethods.square(Handle), this);

        /// <summary>Gives the sine of radians.</summary>
        public Tensor sin() =>
            Wrap(NativeMethods.sin(Handle), this);

        /// <summary>Gives the cosine of radians.</summary>
        public Tensor cos() =>
            Wrap(NativeMethods.cos(Handle), this);

        /// <summary>Gives the error function.</summary>
        public Tensor erf() =>
            Wrap(NativeMethods.erf(Handle), this);

        /// <summary>Gives 1 / (1 + exp(-x)).</summary>
        public Tensor sigmoid() =>
            Wrap(NativeMethods.sigmoid(Handle), this);

        /// <summary>Gives the hyperbolic tangent.</summary>
        public Tensor tanh() =>
            Wrap(NativeMethods.tanh(Handle), this);

        /// <summary>Gives the larger of zero and each value.</summary>
        public Tensor relu() =>
            Wrap(NativeMethods.relu(Handle), this);

        /// <summary>Replaces values below zero by zero.</summary>
        public Tensor relu_() =>
            Same(NativeMethods.relu_(Handle), this);

        /// <summary>Gives x times the normal distribution function of x (the exact form).</summary>
        public Tensor gelu() =>
            Wrap(NativeMethods.gelu(Handle), this);

        /// <summary>Gives x times sigmoid(x).</summary>
        public Tensor silu() =>
            Wrap(NativeMethods.silu(Handle), this);

        /// <summary>Gives x times relu6(x + 3) / 6.</summary>
        public Tensor hardswish() =>
            Wrap(NativeMethods.hardswish(Handle), this);

        /// <summary>Gives relu6(x + 3) / 6.</summary>
        public Tensor hardsigmoid() =>
            Wrap(NativeMethods.hardsigmoid(Handle), this);

        /// <summary>Rounds to the nearest whole number, halves to the even one. The gradient is zero.</summary>
        public Tensor round() =>
            Wrap(NativeMethods.round(Handle), this);

        /// <summary>Rounds down.</summary>
        public Tensor floor() =>
            Wrap(NativeMethods.floor(Handle), this);

        /// <summary>Rounds up.</summary>
        public Tensor ceil() =>
            Wrap(NativeMethods.ceil(Handle), this);

        /// <summary>Gives exp(x) over the sum of exp(x) along <paramref name="dim"/>.</summary>
        public Tensor softmax(long dim, ScalarType? dtype = null) =>
            Wrap(NativeMethods.softmax(Handle, dim, Code(dtype)), this);

        /// <summary>Gives the logarithm of softmax along <paramref name="dim"/>, without losing digits.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) =>
            Wrap(NativeMethods.log_softmax(Handle, dim, Code(dtype)), this);

        /// <summary>Gives running sums along <paramref name="dim"/>.</summary>
        public Tensor cumsum(long dim, ScalarType? dtype = null) =>
            Wrap(NativeMethods.cumsum(Handle, dim, Code(dtype)), this);

        /// <summary>Keeps the lower triangle of the last two dimensions, zero elsewhere.</summary>
        public Tensor tril(long diagonal = 0) =>
            Wrap(NativeMethods.tril(Handle, diagonal), this);

        /// <summary>Keeps the upper triangle of the last two dimensions, zero elsewhere.</summary>
        public Tensor triu(long diagonal = 0) =>
            Wrap(NativeMethods.triu(Handle, diagonal), this);

        /// <summary>Multiplies matrices, with broadcasting over leading dimensions.</summary>
        public Tensor matmul(Tensor other) =>
            Wrap(NativeMethods.matmul(Handle, HandleOf(other)), this, other);

        /// <summary>Multiplies batches of matrices: <c>[b, n, m]</c> with <c>[b, m, p]</c>.</summary>
        public Tensor bmm(Tensor mat2) =>
            Wrap(NativeMethods.bmm(Handle, HandleOf(mat2)), this, mat2);

        /// <summary>Multiplies two matrices.</summary>
        public Tensor mm(Tensor mat2) =>
            Wrap(NativeMethods.mm(Handle, HandleOf(mat2)), this, mat2);
    }
}
