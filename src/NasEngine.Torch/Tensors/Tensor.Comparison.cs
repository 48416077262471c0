namespace NasEngine.Torch;

public static partial class torch
{
    // Comparisons, truth values and choice.
    public sealed partial class Tensor
    {
        /// <summary>Tells where both are equal.</summary>
        public Tensor eq(Tensor other) =>
            Wrap(NativeMethods.eq(Handle, HandleOf(other)), this, other);

        /// <summary>Tells where the value equals a number.</summary>
        public Tensor eq(Scalar other) =>
            Wrap(NativeMethods.eq_scalar(Handle, other), this);

        /// <summary>Tells where both differ.</summary>
        public Tensor ne(Tensor other) =>
            Wrap(NativeMethods.ne(Handle, HandleOf(other)), this, other);

        /// <summary>Tells where the value differs from a number.</summary>
        public Tensor ne(Scalar other) =>
            Wrap(NativeMethods.ne_scalar(Handle, other), this);

        /// <summary>Tells where this is greater.</summary>
        public Tensor gt(Tensor other) =>
            Wrap(NativeMethods.gt(Handle, HandleOf(other)), this, other);

        /// <summary>Tells where the value is greater than a number.</summary>
        public Tensor gt(Scalar other) =>
            Wrap(NativeMethods.gt_scalar(Handle, other), this);

        /// <summary>Tells where this is greater or equal.</summary>
        public Tensor ge(Tensor other) =>
            Wrap(NativeMethods.ge(Handle, HandleOf(other)), this, other);

        /// <summary>Tells where the value is greater than a number or equal to it.</summary>
        public Tensor ge(Scalar other) =>
            Wrap(NativeMethods.ge_scalar(Handle, other), this);

        /// <summary>Tells where this is less.</summary>
        public Tensor lt(Tensor other) =>
            Wrap(NativeMethods.lt(Handle, HandleOf(other)), this, other);

        /// <summary>Tells where the value is less than a number.</summary>
        public Tensor lt(Scalar other) =>
            Wrap(NativeMethods.lt_scalar(Handle, other), this);

        /// <summary>Tells where this is less or equal.</summary>
        public Tensor le(Tensor other) =>
            Wrap(NativeMethods.le(Handle, HandleOf(other)), this, other);

        /// <summary>Tells where the value is less than a number or equal to it.</summary>
        public Tensor le(Scalar other) =>
            Wrap(NativeMethods.le_scalar(Handle, other), this);

        /// <summary>Tells where both are true.</summary>
        public Tensor logical_and(Tensor other) =>
            Wrap(NativeMethods.logical_and(Handle, HandleOf(other)), this, other);

        /// <summary>Tells where either is true.</summary>
        public Tensor logical_or(Tensor other) =>
            Wrap(NativeMethods.logical_or(Handle, HandleOf(other)), this, other);

        /// <summary>Tells where exactly one is true.</summary>
        public Tensor logical_xor(Tensor other) =>
            Wrap(NativeMethods.logical_xor(Handle, HandleOf(other)), this, other);

        /// <summary>Tells where the value is false or zero.</summary>
        public Tensor logical_not() =>
            Wrap(NativeMethods.logical_not(Handle), this);

        /// <summary>Tells where the value is neither infinite nor NaN.</summary>
        public Tensor isfinite() =>
            Wrap(NativeMethods.isfinite(Handle), this);

        /// <summary>Tells where the value is NaN.</summary>
        public Tensor isnan() =>
            Wrap(NativeMethods.isnan(Handle), this);

        /// <summary>Gives the larger of two values.</summary>
        public Tensor maximum(Tensor other) =>
            Wrap(NativeMethods.maximum(Handle, HandleOf(other)), this, other);

        /// <summary>Gives the smaller of two values.</summary>
        public Tensor minimum(Tensor other) =>
            Wrap(NativeMethods.minimum(Handle, HandleOf(other)), this, other);

        /// <summary>Replaces values where <paramref name="mask"/> is true.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) =>
            Wrap(NativeMethods.masked_fill(Handle, HandleOf(mask), value), this, mask);

        /// <summary>Replaces values where <paramref name="mask"/> is true, in place.</summary>
        public Tensor masked_fill_(Tensor mask, Scalar value) =>
            Same(NativeMethods.masked_fill_(Handle, HandleOf(mask), value), this, mask);

        /// <summary>Gives the values where <paramref name="mask"/> is true, as one dimension.</summary>
        public Tensor masked_select(Tensor mask) =>
            Wrap(NativeMethods.masked_select(Handle, HandleOf(mask)), this, mask);

        /// <summary>Gives the positions of values that are not zero: <c>[n, dimensions]</c>, Int64.</summary>
        public Tensor nonzero() =>
            Wrap(NativeMethods.nonzero(Handle), this);
    }
}
