namespace NasEngine.Torch;

public static partial class torch
{
    /// <summary>Element types of tensors. Values are libtorch's.</summary>
    public enum ScalarType
    {
        /// <summary>8 bits, unsigned; <see cref="byte"/>.</summary>
        Byte = 0,

        /// <summary>8 bits, signed; <see cref="sbyte"/>.</summary>
        Int8 = 1,

        /// <summary>16 bits, signed; <see cref="short"/>.</summary>
        Int16 = 2,

        /// <summary>32 bits, signed; <see cref="int"/>.</summary>
        Int32 = 3,

        /// <summary>64 bits, signed; <see cref="long"/>.</summary>
        Int64 = 4,

        /// <summary>IEEE half precision; <see cref="Half"/>.</summary>
        Float16 = 5,

        /// <summary>IEEE single precision; <see cref="float"/>.</summary>
        Float32 = 6,

        /// <summary>IEEE double precision; <see cref="double"/>.</summary>
        Float64 = 7,

        /// <summary>A truth value in one byte; <see cref="bool"/>.</summary>
        Bool = 11,

        /// <summary>The upper 16 bits of single precision; read as <see cref="ushort"/>.</summary>
        BFloat16 = 15,
    }

    /// <summary>Short for <see cref="ScalarType.Byte"/>.</summary>
    public const ScalarType uint8 = ScalarType.Byte;

    /// <summary>Short for <see cref="ScalarType.Int8"/>.</summary>
    public const ScalarType int8 = ScalarType.Int8;

    /// <summary>Short for <see cref="ScalarType.Int32"/>.</summary>
    public const ScalarType int32 = ScalarType.Int32;

    /// <summary>Short for <see cref="ScalarType.Int64"/>.</summary>
    public const ScalarType int64 = ScalarType.Int64;

    /// <summary>Short for <see cref="ScalarType.Float16"/>.</summary>
    public const ScalarType float16 = ScalarType.Float16;

    /// <summary>Short for <see cref="ScalarType.Float32"/>.</summary>
    public const ScalarType float32 = ScalarType.Float32;

    /// <summary>Short for <see cref="ScalarType.Float64"/>.</summary>
    public const ScalarType float64 = ScalarType.Float64;

    /// <summary>Short for <see cref="ScalarType.BFloat16"/>.</summary>
    public const ScalarType bfloat16 = ScalarType.BFloat16;

    /// <summary>Short for <see cref="ScalarType.Bool"/>.</summary>
    public const ScalarType @bool = ScalarType.Bool;

    /// <summary>Orders of values in memory. Values are libtorch's.</summary>
    public enum memory_format
    {
        /// <summary>Row-major: the last dimension is next to each other.</summary>
        contiguous = 0,

        /// <summary>Channels next to each other, for <c>[batch, channels, height, width]</c>.</summary>
        channels_last = 2,
    }

    private static int Code(ScalarType? type) => type is { } chosen ? (int)chosen : -1;

    private static ScalarType TypeOf<T>()
        where T : unmanaged =>
        default(T) switch
        {
            float => ScalarType.Float32,
            double => ScalarType.Float64,
            long => ScalarType.Int64,
            int => ScalarType.Int32,
            short => ScalarType.Int16,
            sbyte => ScalarType.Int8,
            byte => ScalarType.Byte,
            bool => ScalarType.Bool,
            Half => ScalarType.Float16,
            ushort => ScalarType.BFloat16,
            _ => throw new ArgumentException(
                $"There is no tensor element type for {typeof(T)}. Use float, double, long, int, short, sbyte, byte, bool, Half, or ushort for BFloat16."),
        };
}
