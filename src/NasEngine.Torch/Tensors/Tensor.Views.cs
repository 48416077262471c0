namespace NasEngine.Torch;

public static partial class torch
{
    // Views, which share storage with their source, and copies made along dimensions.
    public sealed partial class Tensor
    {
        /// <summary>Views <paramref name="length"/> entries of one dimension, from <paramref name="start"/>. Gradients reach the source.</summary>
        public Tensor narrow(long dim, long start, long length) =>
            Wrap(NativeMethods.narrow(Handle, dim, start, length), this);

        /// <summary>Views entries of one dimension from <paramref name="start"/> up to but not including <paramref name="finish"/>.</summary>
        public Tensor slice(long dim, long start, long finish, long step = 1) =>
            Wrap(NativeMethods.slice(Handle, dim, start, finish, step), this);

        /// <summary>Views one entry of a dimension; that dimension is gone.</summary>
        public Tensor select(long dim, long index) =>
            Wrap(NativeMethods.select(Handle, dim, index), this);

        /// <summary>Views the same values in another shape; one size may be -1. Fails where the memory layout does not allow it.</summary>
        public unsafe Tensor view(params ReadOnlySpan<long> shape)
        {
            fixed (long* shapeStart = shape)
            {
                return Wrap(NativeMethods.view(Handle, shapeStart, shape.Length), this);
            }
        }

        /// <summary>Views the same values in the shape of another tensor.</summary>
        public Tensor view_as(Tensor other) =>
            Wrap(NativeMethods.view_as(Handle, HandleOf(other)), this, other);

        /// <summary>Gives the same values in another shape: a view where possible, else a copy.</summary>
        public unsafe Tensor reshape(params ReadOnlySpan<long> shape)
        {
            fixed (long* shapeStart = shape)
            {
                return Wrap(NativeMethods.reshape(Handle, shapeStart, shape.Length), this);
            }
        }

        /// <summary>Views with two dimensions swapped.</summary>
        public Tensor transpose(long dim0, long dim1) =>
            Wrap(NativeMethods.transpose(Handle, dim0, dim1), this);

        /// <summary>Views a matrix with its dimensions swapped.</summary>
        public Tensor t() =>
            Wrap(NativeMethods.t(Handle), this);

        /// <summary>Views with dimensions in another order.</summary>
        public unsafe Tensor permute(params ReadOnlySpan<long> dims)
        {
            fixed (long* dimsStart = dims)
            {
                return Wrap(NativeMethods.permute(Handle, dimsStart, dims.Length), this);
            }
        }

        /// <summary>Views with a new dimension of size one.</summary>
        public Tensor unsqueeze(long dim) =>
            Wrap(NativeMethods.unsqueeze(Handle, dim), this);

        /// <summary>Views without a dimension of size one; unchanged if the size is another.</summary>
        public Tensor squeeze(long dim) =>
            Wrap(NativeMethods.squeeze(Handle, dim), this);

        /// <summary>Views without any dimension of size one.</summary>
        public Tensor squeeze() =>
            Wrap(NativeMethods.squeeze_all(Handle), this);

        /// <summary>Views with dimensions of size one repeated; -1 keeps a size.</summary>
        public unsafe Tensor expand(params ReadOnlySpan<long> sizes)
        {
            fixed (long* sizesStart = sizes)
            {
                return Wrap(NativeMethods.expand(Handle, sizesStart, sizes.Length), this);
            }
        }

        /// <summary>Merges dimensions into one: a view where possible.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) =>
            Wrap(NativeMethods.flatten(Handle, start_dim, end_dim), this);

        /// <summary>Views sliding windows along a dimension, as a new last dimension.</summary>
        public Tensor unfold(long dimension, long size, long step) =>
            Wrap(NativeMethods.unfold(Handle, dimension, size, step), this);

        /// <summary>Views a diagonal.</summary>
        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) =>
            Wrap(NativeMethods.diagonal(Handle, offset, dim1, dim2), this);

        /// <summary>Copies the tensor several times along each dimension.</summary>
        public unsafe Tensor repeat(params ReadOnlySpan<long> repeats)
        {
            fixed (long* repeatsStart = repeats)
            {
                return Wrap(NativeMethods.repeat(Handle, repeatsStart, repeats.Length), this);
            }
        }

        /// <summary>Copies with the order along dimensions reversed.</summary>
        public unsafe Tensor flip(params ReadOnlySpan<long> dims)
        {
            fixed (long* dimsStart = dims)
            {
                return Wrap(NativeMethods.flip(Handle, dimsStart, dims.Length), this);
            }
        }

        /// <summary>Copies with entries moved along a dimension, the last ones first.</summary>
        public Tensor roll(long shift, long dim) =>
            Wrap(NativeMethods.roll(Handle, shift, dim), this);

        /// <summary>Copies the entries of a dimension that <paramref name="index"/> names, Int64 <c>[n]</c>.</summary>
        public Tensor index_select(long dim, Tensor index) =>
            Wrap(NativeMethods.index_select(Handle, dim, HandleOf(index)), this, index);

        /// <summary>Copies values along a dimension at positions of <paramref name="index"/>.</summary>
        public Tensor gather(long dim, Tensor index) =>
            Wrap(NativeMethods.gather(Handle, dim, HandleOf(index)), this, index);

        /// <summary>Copies, with values of <paramref name="src"/> put at positions of <paramref name="index"/>.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) =>
            Wrap(NativeMethods.scatter(Handle, dim, HandleOf(index), HandleOf(src)), this, index, src);

        /// <summary>Puts values of <paramref name="src"/> at positions of <paramref name="index"/>.</summary>
        public Tensor scatter_(long dim, Tensor index, Tensor src) =>
            Same(NativeMethods.scatter_(Handle, dim, HandleOf(index), HandleOf(src)), this, index, src);

        /// <summary>Adds slices of <paramref name="source"/> to the entries that <paramref name="index"/> names.</summary>
        public Tensor index_add_(long dim, Tensor index, Tensor source) =>
            Same(NativeMethods.index_add_(Handle, dim, HandleOf(index), HandleOf(source)), this, index, source);

        /// <summary>Replaces the entries that <paramref name="index"/> names.</summary>
        public Tensor index_copy_(long dim, Tensor index, Tensor source) =>
            Same(NativeMethods.index_copy_(Handle, dim, HandleOf(index), HandleOf(source)), this, index, source);

        /// <summary>Copies, memory layout included. The copy takes part in gradients.</summary>
        public Tensor clone() =>
            Wrap(NativeMethods.clone(Handle), this);

        /// <summary>Views the same values without gradients.</summary>
        public Tensor detach() =>
            Wrap(NativeMethods.detach(Handle), this);
    }
}
