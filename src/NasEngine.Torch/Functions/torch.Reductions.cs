namespace NasEngine.Torch;

// The same operations as on Tensor, called as functions.
public static partial class torch
{
    /// <summary>Sums all values.</summary>
    public static Tensor sum(Tensor input, ScalarType? dtype = null) => Of(input).sum(dtype);

    /// <summary>Sums along dimensions.</summary>
    public static Tensor sum(Tensor input, ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? dtype = null) => Of(input).sum(dim, keepdim, dtype);

    /// <summary>Averages all values.</summary>
    public static Tensor mean(Tensor input, ScalarType? dtype = null) => Of(input).mean(dtype);

    /// <summary>Averages along dimensions.</summary>
    public static Tensor mean(Tensor input, ReadOnlySpan<long> dimensions, bool keepdim = false, ScalarType? dtype = null) => Of(input).mean(dimensions, keepdim, dtype);

    /// <summary>Gives the variance of all values; <paramref name="unbiased"/> divides by n - 1.</summary>
    public static Tensor var(Tensor input, bool unbiased = true) => Of(input).var(unbiased);

    /// <summary>Gives the variance along dimensions.</summary>
    public static Tensor var(Tensor input, ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false) => Of(input).var(dimensions, unbiased, keepdim);

    /// <summary>Gives the standard deviation of all values.</summary>
    public static Tensor std(Tensor input, bool unbiased = true) => Of(input).std(unbiased);

    /// <summary>Gives the standard deviation along dimensions.</summary>
    public static Tensor std(Tensor input, ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false) => Of(input).std(dimensions, unbiased, keepdim);

    /// <summary>Gives the largest value; NaN if any is NaN.</summary>
    public static Tensor max(Tensor input) => Of(input).max();

    /// <summary>Gives the smallest value; NaN if any is NaN.</summary>
    public static Tensor min(Tensor input) => Of(input).min();

    /// <summary>Gives the largest values along dimensions.</summary>
    public static Tensor amax(Tensor input, ReadOnlySpan<long> dims, bool keepdim = false) => Of(input).amax(dims, keepdim);

    /// <summary>Gives the smallest values along dimensions.</summary>
    public static Tensor amin(Tensor input, ReadOnlySpan<long> dims, bool keepdim = false) => Of(input).amin(dims, keepdim);

    /// <summary>Gives the position of the largest value among all, Int64.</summary>
    public static Tensor argmax(Tensor input) => Of(input).argmax();

    /// <summary>Gives the positions of the largest values along a dimension, Int64.</summary>
    public static Tensor argmax(Tensor input, long dim, bool keepdim = false) => Of(input).argmax(dim, keepdim);

    /// <summary>Gives the position of the smallest value among all, Int64.</summary>
    public static Tensor argmin(Tensor input) => Of(input).argmin();

    /// <summary>Gives the positions of the smallest values along a dimension, Int64.</summary>
    public static Tensor argmin(Tensor input, long dim, bool keepdim = false) => Of(input).argmin(dim, keepdim);

    /// <summary>Gives the positions that put a dimension in order, Int64.</summary>
    public static Tensor argsort(Tensor input, long dim = -1, bool descending = false) => Of(input).argsort(dim, descending);

    /// <summary>Tells whether every value is true or not zero.</summary>
    public static Tensor all(Tensor input) => Of(input).all();

    /// <summary>Tells whether some value is true or not zero.</summary>
    public static Tensor any(Tensor input) => Of(input).any();

    /// <summary>Gives the logarithm of the sum of exponentials along dimensions, without overflow.</summary>
    public static Tensor logsumexp(Tensor input, ReadOnlySpan<long> dims, bool keepdim = false) => Of(input).logsumexp(dims, keepdim);

    /// <summary>Multiplies all values.</summary>
    public static Tensor prod(Tensor input) => Of(input).prod();
}
