namespace NasEngine.Torch;

public static partial class torch
{
    // What a tensor is: shape, type, place, memory.
    public sealed partial class Tensor
    {
        /// <summary>Gets the size of each dimension; a new array at each call.</summary>
        public unsafe long[] shape
        {
            get
            {
                long[] sizes = new long[NativeMethods.dim(Handle)];
                fixed (long* start = sizes)
                {
                    NativeMethods.sizes(Handle, start);
                }

                GC.KeepAlive(this);
                return sizes;
            }
        }

        /// <summary>Gets the element type.</summary>
        public ScalarType dtype => Alive((ScalarType)NativeMethods.scalar_type(Handle));

        /// <summary>Gets the device.</summary>
        public Device device
        {
            get
            {
                int index = Alive(NativeMethods.device_index(Handle));
                return device_type == DeviceType.CPU ? CPU : new Device(DeviceType.CUDA, index);
            }
        }

        /// <summary>Gets the kind of device.</summary>
        public DeviceType device_type => Alive((DeviceType)NativeMethods.device_type(Handle));

        /// <summary>Gets the number of dimensions.</summary>
        public int ndim => Alive(NativeMethods.dim(Handle));

        /// <summary>Gets whether operations on this tensor are recorded for gradients; set on tensors that no operation made.</summary>
        public bool requires_grad
        {
            get => Alive(NativeMethods.requires_grad(Handle));
            set => requires_grad_(value);
        }

        /// <summary>Gets whether no recorded operation made this tensor.</summary>
        public bool is_leaf => Alive(NativeMethods.is_leaf(Handle));

        /// <summary>Gets the number of bytes of one element.</summary>
        public long ElementSize => Alive(NativeMethods.element_size(Handle));

        /// <summary>Gets the number of dimensions.</summary>
        public long dim() => ndim;

        /// <summary>Gets the size of one dimension; negative counts from the last.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        public unsafe long size(int dim)
        {
            int rank = ndim;
            int index = dim < 0 ? dim + rank : dim;
            if ((uint)index >= (uint)rank)
            {
                throw new ArgumentOutOfRangeException(nameof(dim), dim, $"The tensor has {rank} dimensions.");
            }

            Span<long> sizes = rank <= 16 ? stackalloc long[16] : new long[rank];
            fixed (long* start = sizes)
            {
                NativeMethods.sizes(Handle, start);
            }

            return Alive(sizes[index]);
        }

        /// <summary>Gets how many elements lie between neighbours along each dimension.</summary>
        public unsafe long[] stride()
        {
            long[] strides = new long[ndim];
            fixed (long* start = strides)
            {
                TorchException.ThrowIfFailed(NativeMethods.strides(Handle, start));
            }

            return Alive(strides);
        }

        /// <summary>Gets the number of elements.</summary>
        public long numel() => Alive(NativeMethods.numel(Handle));

        /// <summary>Gets the position of the first element in the storage, in elements.</summary>
        public long storage_offset() => Alive(NativeMethods.storage_offset(Handle));

        /// <summary>Tells whether values lie in memory in the order of <paramref name="memory_format"/> without gaps.</summary>
        public bool is_contiguous(memory_format memory_format = memory_format.contiguous) =>
            Alive(NativeMethods.is_contiguous(Handle, (int)memory_format));

        /// <summary>Gets the address of the first element, on the tensor's device.</summary>
        public unsafe nint data_ptr()
        {
            void* pointer;
            TorchException.ThrowIfFailed(NativeMethods.data_ptr(Handle, &pointer));
            return Alive((nint)pointer);
        }

        /// <summary>Tells whether two tensors read and write the same memory block, at whatever positions.</summary>
        public unsafe bool shares_storage_with(Tensor other)
        {
            void* mine;
            void* theirs;
            TorchException.ThrowIfFailed(NativeMethods.storage_ptr(Handle, &mine));
            TorchException.ThrowIfFailed(NativeMethods.storage_ptr(HandleOf(other), &theirs));
            GC.KeepAlive(other);
            return Alive(mine == theirs);
        }

        /// <summary>Gives type, shape and device, not the values.</summary>
        public override string ToString() =>
            IsDisposed ? "Tensor (disposed)" : $"Tensor {dtype} [{string.Join(" × ", shape)}] on {device}";

        private T Alive<T>(T value)
        {
            GC.KeepAlive(this);
            return value;
        }
    }
}
