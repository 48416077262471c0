namespace NasEngine.Torch;

// Making tensors. The device is the processor unless set.
public static partial class torch
{
    /// <summary>Makes a tensor whose values are not set.</summary>
    public static unsafe Tensor empty(ReadOnlySpan<long> size, ScalarType dtype = ScalarType.Float32, Device? device = null, bool requires_grad = false)
    {
        Device place = device ?? CPU;
        fixed (long* start = size)
        {
            Tensor made = Tensor.Wrap(NativeMethods.empty(start, size.Length, (int)dtype, (int)place.type, place.index));
            return requires_grad ? made.requires_grad_() : made;
        }
    }

    /// <summary>Makes a tensor of zeros.</summary>
    public static unsafe Tensor zeros(ReadOnlySpan<long> size, ScalarType dtype = ScalarType.Float32, Device? device = null, bool requires_grad = false)
    {
        Device place = device ?? CPU;
        fixed (long* start = size)
        {
            Tensor made = Tensor.Wrap(NativeMethods.zeros(start, size.Length, (int)dtype, (int)place.type, place.index));
            return requires_grad ? made.requires_grad_() : made;
        }
    }

    /// <summary>Makes a tensor of ones.</summary>
    public static unsafe Tensor ones(ReadOnlySpan<long> size, ScalarType dtype = ScalarType.Float32, Device? device = null, bool requires_grad = false)
    {
        Device place = device ?? CPU;
        fixed (long* start = size)
        {
            Tensor made = Tensor.Wrap(NativeMethods.ones(start, size.Length, (int)dtype, (int)place.type, place.index));
            return requires_grad ? made.requires_grad_() : made;
        }
    }

    /// <summary>Makes a tensor of one value.</summary>
    public static unsafe Tensor full(ReadOnlySpan<long> size, Scalar value, ScalarType dtype = ScalarType.Float32, Device? device = null, bool requires_grad = false)
    {
        Device place = device ?? CPU;
        fixed (long* start = size)
        {
            Tensor made = Tensor.Wrap(NativeMethods.full(start, size.Length, value, (int)dtype, (int)place.type, place.index));
            return requires_grad ? made.requires_grad_() : made;
        }
    }

    /// <summary>Counts from <paramref name="start"/> up to but not including <paramref name="stop"/>.</summary>
    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType dtype = ScalarType.Int64, Device? device = null)
    {
        Device place = device ?? CPU;
        return Tensor.Wrap(NativeMethods.arange(start, stop, step, (int)dtype, (int)place.type, place.index));
    }

    /// <summary>Counts from 0 up to but not including <paramref name="stop"/>.</summary>
    public static Tensor arange(Scalar stop, ScalarType dtype = ScalarType.Int64, Device? device = null) => arange(0, stop, 1, dtype, device);

    /// <summary>Makes evenly spaced values from <paramref name="start"/> to <paramref name="end"/>, both included.</summary>
    public static Tensor linspace(double start, double end, long steps, ScalarType dtype = ScalarType.Float32, Device? device = null)
    {
        Device place = device ?? CPU;
        return Tensor.Wrap(NativeMethods.linspace(start, end, steps, (int)dtype, (int)place.type, place.index));
    }

    /// <summary>Makes an identity matrix.</summary>
    public static Tensor eye(long rows, long columns = -1, ScalarType dtype = ScalarType.Float32, Device? device = null)
    {
        Device place = device ?? CPU;
        return Tensor.Wrap(NativeMethods.eye(rows, columns < 0 ? rows : columns, (int)dtype, (int)place.type, place.index));
    }

    /// <summary>Makes a tensor of the same shape, type, device and layout whose values are not set.</summary>
    public static Tensor empty_like(Tensor input) => Tensor.Wrap(NativeMethods.empty_like(Tensor.HandleOf(input)), input);

    /// <summary>Makes zeros in the shape, type, device and layout of another tensor.</summary>
    public static Tensor zeros_like(Tensor input) => Tensor.Wrap(NativeMethods.zeros_like(Tensor.HandleOf(input)), input);

    /// <summary>Makes ones in the shape, type, device and layout of another tensor.</summary>
    public static Tensor ones_like(Tensor input) => Tensor.Wrap(NativeMethods.ones_like(Tensor.HandleOf(input)), input);

    /// <summary>Makes one value in the shape, type, device and layout of another tensor.</summary>
    public static Tensor full_like(Tensor input, Scalar value) => Tensor.Wrap(NativeMethods.full_like(Tensor.HandleOf(input), value), input);
}
