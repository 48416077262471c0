namespace NasEngine.Torch;

// The same operations as on Tensor, called as functions.
public static partial class torch
{
    /// <summary>Gives the same values in another shape: a view where possible, else a copy.</summary>
    public static Tensor reshape(Tensor input, params ReadOnlySpan<long> shape) => Of(input).reshape(shape);

    /// <summary>Views with two dimensions swapped.</summary>
    public static Tensor transpose(Tensor input, long dim0, long dim1) => Of(input).transpose(dim0, dim1);

    /// <summary>Views with dimensions in another order.</summary>
    public static Tensor permute(Tensor input, params ReadOnlySpan<long> dims) => Of(input).permute(dims);

    /// <summary>Views with a new dimension of size one.</summary>
    public static Tensor unsqueeze(Tensor input, long dim) => Of(input).unsqueeze(dim);

    /// <summary>Views without a dimension of size one; unchanged if the size is another.</summary>
    public static Tensor squeeze(Tensor input, long dim) => Of(input).squeeze(dim);

    /// <summary>Merges dimensions into one: a view where possible.</summary>
    public static Tensor flatten(Tensor input, long start_dim = 0, long end_dim = -1) => Of(input).flatten(start_dim, end_dim);

    /// <summary>Copies with the order along dimensions reversed.</summary>
    public static Tensor flip(Tensor input, params ReadOnlySpan<long> dims) => Of(input).flip(dims);

    /// <summary>Copies with entries moved along a dimension, the last ones first.</summary>
    public static Tensor roll(Tensor input, long shift, long dim) => Of(input).roll(shift, dim);

    /// <summary>Copies the entries of a dimension that <paramref name="index"/> names, Int64 <c>[n]</c>.</summary>
    public static Tensor index_select(Tensor input, long dim, Tensor index) => Of(input).index_select(dim, index);

    /// <summary>Copies values along a dimension at positions of <paramref name="index"/>.</summary>
    public static Tensor gather(Tensor input, long dim, Tensor index) => Of(input).gather(dim, index);
}
