using System.Runtime.InteropServices;

namespace NasEngine.Torch;

public static partial class torch
{
    // Values in and out, and conversions of type, device and layout.
    public sealed partial class Tensor
    {
        /// <summary>Gets the raw bytes of a contiguous tensor on the processor, to read or write in place.</summary>
        /// <exception cref="InvalidOperationException">The tensor is elsewhere or not contiguous.</exception>
        public Span<byte> bytes => Memory<byte>(checked((int)(numel() * ElementSize)));

        /// <summary>Views the values of a contiguous tensor on the processor, in row-major order, to read or write in place.</summary>
        /// <typeparam name="T">The C# type of the elements: float for Float32, long for Int64; ushort for BFloat16's bits.</typeparam>
        /// <returns>A span that must not outlive the tensor.</returns>
        /// <exception cref="InvalidOperationException">The tensor is elsewhere, not contiguous, or of another type.</exception>
        public Span<T> data<T>()
            where T : unmanaged
        {
            if (TypeOf<T>() != dtype)
            {
                throw new InvalidOperationException($"The tensor holds {dtype}, which is not read as {typeof(T).Name}.");
            }

            return Memory<T>(checked((int)numel()));
        }

        /// <summary>Gives the only value, converted.</summary>
        /// <exception cref="TorchException">The tensor holds more or fewer values than one.</exception>
        public unsafe T item<T>()
            where T : unmanaged
        {
            double number;
            long whole;
            int kind;
            TorchException.ThrowIfFailed(NativeMethods.item(Handle, &number, &whole, &kind));
            GC.KeepAlive(this);
            return default(T) switch
            {
                double => (T)(object)number,
                float => (T)(object)(float)number,
                long => (T)(object)(kind == 1 ? (long)number : whole),
                int => (T)(object)(int)(kind == 1 ? (long)number : whole),
                byte => (T)(object)(byte)(kind == 1 ? (long)number : whole),
                bool => (T)(object)(number != 0),
                _ => throw new ArgumentException($"A value is not read as {typeof(T).Name}. Use double, float, long, int, byte or bool."),
            };
        }

        /// <summary>Copies row-major values into the tensor, whatever its device and layout.</summary>
        /// <returns>This tensor.</returns>
        /// <exception cref="ArgumentException">The number of values or their type is not the tensor's.</exception>
        public unsafe Tensor copy_<T>(ReadOnlySpan<T> values)
            where T : unmanaged
        {
            Check<T>(values.Length);
            fixed (T* start = values)
            {
                return Same(NativeMethods.copy_from_memory(Handle, start), this);
            }
        }

        /// <summary>Copies the values out in row-major order, whatever the tensor's device and layout.</summary>
        /// <exception cref="ArgumentException">The length or the type is not the tensor's.</exception>
        public unsafe void CopyTo<T>(Span<T> values)
            where T : unmanaged
        {
            Check<T>(values.Length);
            fixed (T* start = values)
            {
                Same(NativeMethods.copy_to_memory(Handle, start), this);
            }
        }

        /// <summary>Converts to a type; this tensor itself comes back where it has that type.</summary>
        public Tensor to(ScalarType type, bool copy = false) => Convert((int)type, null, non_blocking: false, copy);

        /// <summary>Brings to a device; this tensor itself comes back where it is there already.</summary>
        public Tensor to(Device device, bool copy = false, bool non_blocking = false) => Convert(-1, device, non_blocking, copy);

        /// <summary>Brings to a device and converts to a type.</summary>
        public Tensor to(ScalarType type, Device device, bool copy = false, bool non_blocking = false) => Convert((int)type, device, non_blocking, copy);

        /// <summary>Converts to a type.</summary>
        public Tensor to_type(ScalarType type) => to(type);

        /// <summary>Brings to the processor.</summary>
        public Tensor cpu() => to(CPU);

        /// <summary>Brings to the current GPU.</summary>
        public Tensor cuda() => to(CUDA);

        /// <summary>Converts to single precision.</summary>
        public Tensor @float() => to(ScalarType.Float32);

        /// <summary>Converts to double precision.</summary>
        public Tensor @double() => to(ScalarType.Float64);

        /// <summary>Converts to 64-bit whole numbers.</summary>
        public Tensor @long() => to(ScalarType.Int64);

        /// <summary>Gives the same values without gaps in the order of <paramref name="memory_format"/>: a copy if they are not so already.</summary>
        public Tensor contiguous(memory_format memory_format = memory_format.contiguous) =>
            Wrap(NativeMethods.contiguous(Handle, (int)memory_format), this);

        /// <summary>Makes another object for the same tensor, to be disposed by itself.</summary>
        public Tensor alias() => Wrap(NativeMethods.alias(Handle), this);

        private Tensor Convert(int type, Device? device, bool non_blocking, bool copy) =>
            Wrap(NativeMethods.to(Handle, type, device is null ? -1 : (int)device.type, device?.index ?? -1, non_blocking, copy), this);

        private unsafe Span<T> Memory<T>(int length)
        {
            if (device_type != DeviceType.CPU || !is_contiguous())
            {
                throw new InvalidOperationException($"Only contiguous tensors on the processor are read in place; this is {this}. Use cpu() or contiguous() first.");
            }

            return new Span<T>((void*)data_ptr(), length);
        }

        private void Check<T>(int length)
            where T : unmanaged
        {
            if (length != numel() || TypeOf<T>() != dtype)
            {
                throw new ArgumentException($"Expected {numel()} values of {dtype}, got {length} of {typeof(T).Name}.");
            }
        }
    }

    /// <summary>Makes a tensor on the processor by copying row-major values.</summary>
    /// <typeparam name="T">float, double, long, int, short, sbyte, byte, bool, Half, or ushort for BFloat16's bits.</typeparam>
    /// <param name="rawArray">The values; as many as the product of <paramref name="dimensions"/>.</param>
    /// <param name="dimensions">The shape; one dimension unless set.</param>
    /// <param name="dtype">The type to convert to; the type of the values unless set.</param>
    /// <param name="device">The device; the processor unless set.</param>
    /// <param name="requires_grad">Whether operations on it are recorded for gradients.</param>
    /// <exception cref="ArgumentException">The number of values is not the product of the dimensions.</exception>
    public static unsafe Tensor tensor<T>(
        ReadOnlySpan<T> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        where T : unmanaged
    {
        long count = 1;
        foreach (long size in dimensions)
        {
            count = checked(count * size);
        }

        if (count != rawArray.Length)
        {
            throw new ArgumentException($"Expected {count} values for the shape [{string.Join(" × ", dimensions.ToArray())}], got {rawArray.Length}.");
        }

        Tensor made;
        fixed (T* data = rawArray)
        {
            fixed (long* start = dimensions)
            {
                made = Tensor.Wrap(NativeMethods.from_memory(data, start, dimensions.Length, (int)TypeOf<T>()));
            }
        }

        if (dtype is not null || device is not null)
        {
            Tensor moved = made.to(dtype ?? made.dtype, device ?? CPU);
            made.Dispose();
            made = moved;
        }

        return requires_grad ? made.requires_grad_() : made;
    }

    /// <inheritdoc cref="tensor{T}(ReadOnlySpan{T}, ReadOnlySpan{long}, ScalarType?, Device?, bool)"/>
    public static Tensor tensor<T>(T[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        where T : unmanaged =>
        tensor((ReadOnlySpan<T>)rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>Makes a tensor of one dimension by copying values.</summary>
    public static Tensor tensor<T>(T[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        return tensor((ReadOnlySpan<T>)rawArray, [rawArray.Length], dtype, device, requires_grad);
    }

    /// <summary>Makes a tensor of no dimension from one value.</summary>
    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) =>
        tensor<float>([scalar], [], device: device, requires_grad: requires_grad);

    /// <summary>Makes a tensor of no dimension from one value.</summary>
    public static Tensor tensor(double scalar, Device? device = null, bool requires_grad = false) =>
        tensor<double>([scalar], [], device: device, requires_grad: requires_grad);

    /// <summary>Makes a tensor of no dimension from one value.</summary>
    public static Tensor tensor(long scalar, Device? device = null) => tensor<long>([scalar], [], device: device);
}
