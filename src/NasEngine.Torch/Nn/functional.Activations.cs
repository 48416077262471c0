namespace NasEngine.Torch;

public static partial class torch
{
    public static partial class nn
    {
        // Activations, and changes of shape.
        public static partial class functional
        {
            /// <summary>Gives the larger of zero and each value.</summary>
            public static Tensor relu(Tensor x) => Of(x).relu();

            /// <summary>Limits each value to the range from 0 to 6.</summary>
            public static Tensor relu6(Tensor x) => Tensor.Wrap(NativeMethods.relu6(Tensor.HandleOf(x)), x);

            /// <summary>Multiplies values below zero by a small slope.</summary>
            public static Tensor leaky_relu(Tensor x, double negative_slope = 0.01) =>
                Tensor.Wrap(NativeMethods.leaky_relu(Tensor.HandleOf(x), negative_slope), x);

            /// <summary>Gives x times the normal distribution function of x.</summary>
            /// <param name="x">Any shape.</param>
            /// <param name="tanh">Whether to use the approximation by a hyperbolic tangent.</param>
            public static Tensor gelu(Tensor x, bool tanh = false) =>
                tanh ? Tensor.Wrap(NativeMethods.gelu_tanh(Tensor.HandleOf(x)), x) : Of(x).gelu();

            /// <summary>Gives x times sigmoid(x).</summary>
            public static Tensor silu(Tensor x) => Of(x).silu();

            /// <summary>Gives x times relu6(x + 3) / 6.</summary>
            public static Tensor hardswish(Tensor x) => Of(x).hardswish();

            /// <summary>Gives relu6(x + 3) / 6.</summary>
            public static Tensor hardsigmoid(Tensor x) => Of(x).hardsigmoid();

            /// <summary>Gives exp(x) over the sum of exp(x) along a dimension.</summary>
            public static Tensor softmax(Tensor x, long dim) => Of(x).softmax(dim);

            /// <summary>Gives the logarithm of softmax along a dimension, without losing digits.</summary>
            public static Tensor log_softmax(Tensor x, long dim) => Of(x).log_softmax(dim);

            /// <summary>Writes classes as rows of zeros with a one.</summary>
            /// <param name="x">Int64 classes of any shape <c>[…]</c>.</param>
            /// <param name="num_classes">How many there are; one more than the largest unless set.</param>
            /// <returns>Int64, <c>[…, num_classes]</c>.</returns>
            public static Tensor one_hot(Tensor x, long num_classes = -1) =>
                Tensor.Wrap(NativeMethods.one_hot(Tensor.HandleOf(x), num_classes), x);

            /// <summary>Puts a border around a tensor, or cuts one off where a number is negative.</summary>
            /// <param name="input">Any shape.</param>
            /// <param name="pad">Before and after the last dimension, then the one before it, and so on.</param>
            /// <param name="mode">What the border holds.</param>
            /// <param name="value">The value of a constant border; 0 unless set.</param>
            public static unsafe Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                ReadOnlySpan<byte> name = mode switch
                {
                    PaddingModes.Reflect => "reflect\0"u8,
                    PaddingModes.Replicate => "replicate\0"u8,
                    PaddingModes.Circular => "circular\0"u8,
                    _ => "constant\0"u8,
                };
                fixed (long* start = pad)
                {
                    fixed (byte* text = name)
                    {
                        return Tensor.Wrap(NativeMethods.pad(Tensor.HandleOf(input), start, pad.Length, text, value), input);
                    }
                }
            }

            /// <summary>Resizes images.</summary>
            /// <param name="x"><c>[batch, channels, height, width]</c>.</param>
            /// <param name="size">The new height and width.</param>
            /// <param name="mode">What happens between pixels.</param>
            /// <param name="align_corners">Whether corner pixels keep their centres; not for nearest.</param>
            /// <param name="antialias">Whether shrinking averages all pixels covered; not for nearest.</param>
            /// <exception cref="ArgumentException"><paramref name="antialias"/> is asked of nearest.</exception>
            public static unsafe Tensor interpolate(
                Tensor x, ReadOnlySpan<long> size, InterpolationMode mode = InterpolationMode.Nearest,
                bool align_corners = false, bool antialias = false)
            {
                if (antialias && mode == InterpolationMode.Nearest)
                {
                    throw new ArgumentException("Antialiasing needs bilinear or bicubic interpolation.", nameof(antialias));
                }

                fixed (long* start = size)
                {
                    int code = antialias ? (int)mode + 2 : (int)mode;
                    return Tensor.Wrap(NativeMethods.interpolate(Tensor.HandleOf(x), start, size.Length, code, align_corners), x);
                }
            }

            /// <summary>Rounds to the values that an integer type of a given scale can hold, and lets gradients of values in range pass.</summary>
            /// <param name="input">Any shape, Float32.</param>
            /// <param name="scale">The step: one value, or <c>[channels]</c> with an axis.</param>
            /// <param name="zero_point">The integer that stands for 0, Int32, of the shape of <paramref name="scale"/>.</param>
            /// <param name="quant_min">The smallest integer.</param>
            /// <param name="quant_max">The largest integer.</param>
            /// <param name="axis">The dimension that has its own scales; one scale for all unless set.</param>
            public static Tensor fake_quantize(Tensor input, Tensor scale, Tensor zero_point, long quant_min, long quant_max, long axis = -1) =>
                Tensor.Wrap(
                    NativeMethods.fake_quantize(
                        Tensor.HandleOf(input), Tensor.HandleOf(scale), Tensor.HandleOf(zero_point), axis, quant_min, quant_max),
                    input, scale, zero_point);
        }
    }
}
