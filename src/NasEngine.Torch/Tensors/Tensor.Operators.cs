namespace NasEngine.Torch;

public static partial class torch
{
    // Operators and indexers.
    public sealed partial class Tensor
    {
        /// <summary>Views one entry of the first dimension.</summary>
        public Tensor this[long index] => select(0, index);

        /// <summary>Views one entry of the first two dimensions.</summary>
        public Tensor this[long first, long second]
        {
            get
            {
                using Tensor row = select(0, first);
                return row.select(0, second);
            }
        }

        /// <summary>Copies the entries that an Int64 tensor of positions, or a Bool mask, names.</summary>
        public Tensor this[Tensor index] => Wrap(NativeMethods.index(Handle, HandleOf(index)), this, index);

        /// <summary>Adds.</summary>
        public static Tensor operator +(Tensor left, Tensor right) => Of(left).add(right);

        /// <summary>Adds a number.</summary>
        public static Tensor operator +(Tensor left, Scalar right) => Of(left).add(right);

        /// <summary>Adds to a number.</summary>
        public static Tensor operator +(Scalar left, Tensor right) => Of(right).add(left);

        /// <summary>Subtracts.</summary>
        public static Tensor operator -(Tensor left, Tensor right) => Of(left).sub(right);

        /// <summary>Subtracts a number.</summary>
        public static Tensor operator -(Tensor left, Scalar right) => Of(left).sub(right);

        /// <summary>Subtracts from a number.</summary>
        public static Tensor operator -(Scalar left, Tensor right) => Of(right).rsub(left);

        /// <summary>Changes the sign.</summary>
        public static Tensor operator -(Tensor value) => Of(value).neg();

        /// <summary>Multiplies.</summary>
        public static Tensor operator *(Tensor left, Tensor right) => Of(left).mul(right);

        /// <summary>Multiplies by a number.</summary>
        public static Tensor operator *(Tensor left, Scalar right) => Of(left).mul(right);

        /// <summary>Multiplies by a number.</summary>
        public static Tensor operator *(Scalar left, Tensor right) => Of(right).mul(left);

        /// <summary>Divides.</summary>
        public static Tensor operator /(Tensor left, Tensor right) => Of(left).div(right);

        /// <summary>Divides by a number.</summary>
        public static Tensor operator /(Tensor left, Scalar right) => Of(left).div(right);

        /// <summary>Divides a number.</summary>
        public static Tensor operator /(Scalar left, Tensor right)
        {
            using Tensor inverse = Of(right).reciprocal();
            return inverse.mul(left);
        }

        /// <summary>Cuts into pieces of <paramref name="size"/> entries along a dimension; the last may be smaller. Views.</summary>
        public Tensor[] split(long size, long dim = 0)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
            long total = this.size((int)dim);
            Tensor[] pieces = new Tensor[Math.Max(1, (total + size - 1) / size)];
            for (int i = 0; i < pieces.Length; i++)
            {
                pieces[i] = narrow(dim, i * size, Math.Min(size, total - (i * size)));
            }

            return pieces;
        }

        /// <summary>Cuts into at most <paramref name="chunks"/> pieces of equal size along a dimension; the last may be smaller. Views.</summary>
        public Tensor[] chunk(long chunks, long dim = 0)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(chunks, 1);
            return split(Math.Max(1, (size((int)dim) + chunks - 1) / chunks), dim);
        }

        /// <summary>Cuts into the entries of a dimension, which is then gone. Views.</summary>
        public Tensor[] unbind(long dim = 0)
        {
            Tensor[] pieces = new Tensor[size((int)dim)];
            for (int i = 0; i < pieces.Length; i++)
            {
                pieces[i] = select(dim, i);
            }

            return pieces;
        }

        /// <summary>Sums along one dimension.</summary>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? dtype = null) => sum([dim], keepdim, dtype);

        /// <summary>Gives the largest values along a dimension, and their positions, Int64.</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Pair((self, out_) => Max(self, dim, keepdim, out_));

        /// <summary>Gives the smallest values along a dimension, and their positions, Int64.</summary>
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Pair((self, out_) => Min(self, dim, keepdim, out_));

        /// <summary>Gives the <paramref name="k"/> largest or smallest values along a dimension, and their positions, Int64.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Pair((self, out_) => TopK(self, k, dim, largest, sorted, out_));

        /// <summary>Puts a dimension in order, and gives the positions the values had, Int64.</summary>
        public (Tensor values, Tensor indexes) sort(long dim = -1, bool descending = false) => Pair((self, out_) => Sort(self, dim, descending, out_));

        private static unsafe nint Max(nint self, long dim, bool keepdim, nint indices) => NativeMethods.max_dim(self, dim, keepdim, (nint*)indices);

        private static unsafe nint Min(nint self, long dim, bool keepdim, nint indices) => NativeMethods.min_dim(self, dim, keepdim, (nint*)indices);

        private static unsafe nint TopK(nint self, long k, long dim, bool largest, bool sorted, nint indices) =>
            NativeMethods.topk(self, k, dim, largest, sorted, (nint*)indices);

        private static unsafe nint Sort(nint self, long dim, bool descending, nint indices) => NativeMethods.sort(self, dim, descending, (nint*)indices);

        private unsafe (Tensor Values, Tensor Indexes) Pair(Func<nint, nint, nint> operation)
        {
            nint indices = 0;
            Tensor values = Wrap(operation(Handle, (nint)(&indices)), this);
            return (values, Wrap(indices));
        }
    }
}
