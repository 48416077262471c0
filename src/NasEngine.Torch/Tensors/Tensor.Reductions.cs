namespace NasEngine.Torch;

public static partial class torch
{
    // Reductions.
    public sealed partial class Tensor
    {
        /// <summary>Sums all values.</summary>
        public Tensor sum(ScalarType? dtype = null) =>
            Wrap(NativeMethods.sum(Handle, Code(dtype)), this);

        /// <summary>Sums along dimensions.</summary>
        public unsafe Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? dtype = null)
        {
            fixed (long* dimStart = dim)
            {
                return Wrap(NativeMethods.sum_dims(Handle, dimStart, dim.Length, keepdim, Code(dtype)), this);
            }
        }

        /// <summary>Averages all values.</summary>
        public Tensor mean(ScalarType? dtype = null) =>
            Wrap(NativeMethods.mean(Handle, Code(dtype)), this);

        /// <summary>Averages along dimensions.</summary>
        public unsafe Tensor mean(ReadOnlySpan<long> dimensions, bool keepdim = false, ScalarType? dtype = null)
        {
            fixed (long* dimensionsStart = dimensions)
            {
                return Wrap(NativeMethods.mean_dims(Handle, dimensionsStart, dimensions.Length, keepdim, Code(dtype)), this);
            }
        }

        /// <summary>Gives the variance of all values; <paramref name="unbiased"/> divides by n - 1.</summary>
        public Tensor var(bool unbiased = true) =>
            Wrap(NativeMethods.var(Handle, unbiased), this);

        /// <summary>Gives the variance along dimensions.</summary>
        public unsafe Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false)
        {
            fixed (long* dimensionsStart = dimensions)
            {
                return Wrap(NativeMethods.var_dims(Handle, dimensionsStart, dimensions.Length, unbiased, keepdim), this);
            }
        }

        /// <summary>Gives the standard deviation of all values.</summary>
        public Tensor std(bool unbiased = true) =>
            Wrap(NativeMethods.std(Handle, unbiased), this);

        /// <summary>Gives the standard deviation along dimensions.</summary>
        public unsafe Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false)
        {
            fixed (long* dimensionsStart = dimensions)
            {
                return Wrap(NativeMethods.std_dims(Handle, dimensionsStart, dimensions.Length, unbiased, keepdim), this);
            }
        }

        /// <summary>Gives the largest value; NaN if any is NaN.</summary>
        public Tensor max() =>
            Wrap(NativeMethods.max(Handle), this);

        /// <summary>Gives the smallest value; NaN if any is NaN.</summary>
        public Tensor min() =>
            Wrap(NativeMethods.min(Handle), this);

        /// <summary>Gives the largest values along dimensions.</summary>
        public unsafe Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false)
        {
            fixed (long* dimsStart = dims)
            {
                return Wrap(NativeMethods.amax(Handle, dimsStart, dims.Length, keepdim), this);
            }
        }

        /// <summary>Gives the smallest values along dimensions.</summary>
        public unsafe Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false)
        {
            fixed (long* dimsStart = dims)
            {
                return Wrap(NativeMethods.amin(Handle, dimsStart, dims.Length, keepdim), this);
            }
        }

        /// <summary>Gives the position of the largest value among all, Int64.</summary>
        public Tensor argmax() =>
            Wrap(NativeMethods.argmax(Handle), this);

        /// <summary>Gives the positions of the largest values along a dimension, Int64.</summary>
        public Tensor argmax(long dim, bool keepdim = false) =>
            Wrap(NativeMethods.argmax_dim(Handle, dim, keepdim), this);

        /// <summary>Gives the position of the smallest value among all, Int64.</summary>
        public Tensor argmin() =>
            Wrap(NativeMethods.argmin(Handle), this);

        /// <summary>Gives the positions of the smallest values along a dimension, Int64.</summary>
        public Tensor argmin(long dim, bool keepdim = false) =>
            Wrap(NativeMethods.argmin_dim(Handle, dim, keepdim), this);

        /// <summary>Gives the positions that put a dimension in order, Int64.</summary>
        public Tensor argsort(long dim = -1, bool descending = false) =>
            Wrap(NativeMethods.argsort(Handle, dim, descending), this);

        /// <summary>Tells whether every value is true or not zero.</summary>
        public Tensor all() =>
            Wrap(NativeMethods.all(Handle), this);

        /// <summary>Tells whether some value is true or not zero.</summary>
        public Tensor any() =>
            Wrap(NativeMethods.any(Handle), this);

        /// <summary>Gives the p-norm of all values.</summary>
        public Tensor norm(double p = 2) =>
            Wrap(NativeMethods.norm(Handle, p), this);

        /// <summary>Gives p-norms along dimensions.</summary>
        public unsafe Tensor norm(ReadOnlySpan<long> dims, bool keepdim = false, double p = 2)
        {
            fixed (long* dimsStart = dims)
            {
                return Wrap(NativeMethods.norm_dims(Handle, dimsStart, dims.Length, keepdim, p), this);
            }
        }

        /// <summary>Gives the logarithm of the sum of exponentials along dimensions, without overflow.</summary>
        public unsafe Tensor logsumexp(ReadOnlySpan<long> dims, bool keepdim = false)
        {
            fixed (long* dimsStart = dims)
            {
                return Wrap(NativeMethods.logsumexp(Handle, dimsStart, dims.Length, keepdim), this);
            }
        }

        /// <summary>Multiplies all values.</summary>
        public Tensor prod() =>
            Wrap(NativeMethods.prod(Handle), this);
    }
}
