namespace NasEngine.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Functions of neural networks; weights are arguments.</summary>
        public static partial class functional
        {
            private static ReadOnlySpan<long> Ones => [1];

            private static ReadOnlySpan<long> Zeros => [0];

            /// <summary>Multiplies the last dimension by a matrix and adds a bias.</summary>
            /// <param name="input"><c>[…, in]</c>.</param>
            /// <param name="weight"><c>[out, in]</c>.</param>
            /// <param name="bias"><c>[out]</c>, or none.</param>
            /// <returns><c>[…, out]</c>.</returns>
            public static Tensor linear(Tensor input, Tensor weight, Tensor? bias = null) =>
                Tensor.Wrap(NativeMethods.linear(Tensor.HandleOf(input), Tensor.HandleOf(weight), Tensor.HandleOrZero(bias)), input, weight, bias);

            /// <summary>Convolves images.</summary>
            /// <param name="input"><c>[batch, in, height, width]</c>.</param>
            /// <param name="weight"><c>[out, in / groups, kernel height, kernel width]</c>.</param>
            /// <param name="bias"><c>[out]</c>, or none.</param>
            /// <param name="strides">One or two steps; 1 unless set.</param>
            /// <param name="padding">One or two borders of zeros; 0 unless set.</param>
            /// <param name="dilation">One or two distances between kernel points; 1 unless set.</param>
            /// <param name="groups">Groups of channels that do not see each other; <c>in</c> of them is a depthwise convolution.</param>
            /// <returns><c>[batch, out, height', width']</c>, channels last where input or weight are.</returns>
            public static unsafe Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null,
                ReadOnlySpan<long> strides = default, ReadOnlySpan<long> padding = default, ReadOnlySpan<long> dilation = default, long groups = 1)
            {
                strides = strides.IsEmpty ? Ones : strides;
                padding = padding.IsEmpty ? Zeros : padding;
                dilation = dilation.IsEmpty ? Ones : dilation;
                fixed (long* s = strides, p = padding, d = dilation)
                {
                    return Tensor.Wrap(
                        NativeMethods.conv2d(
                            Tensor.HandleOf(input), Tensor.HandleOf(weight), Tensor.HandleOrZero(bias),
                            s, strides.Length, p, padding.Length, d, dilation.Length, groups),
                        input, weight, bias);
                }
            }

            /// <summary>Normalises each channel, over batch and positions when training, else by running statistics.</summary>
            /// <param name="input"><c>[batch, channels, …]</c>.</param>
            /// <param name="running_mean"><c>[channels]</c>, changed in place when training; null with <paramref name="training"/> only.</param>
            /// <param name="running_var"><c>[channels]</c>, as <paramref name="running_mean"/>; unbiased variances.</param>
            /// <param name="weight">The gain, <c>[channels]</c>, or none.</param>
            /// <param name="bias"><c>[channels]</c>, or none.</param>
            /// <param name="training">Whether to use the statistics of this batch.</param>
            /// <param name="momentum">The share of this batch in the new running statistics; 0.1 unless set.</param>
            /// <param name="eps">Added to the variance.</param>
            public static Tensor batch_norm(
                Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null,
                bool training = false, double momentum = 0.1, double eps = 1e-5)
            {
                Tensor normalised = Tensor.Wrap(
                    NativeMethods.batch_norm(
                        Tensor.HandleOf(input), Tensor.HandleOrZero(weight), Tensor.HandleOrZero(bias),
                        Tensor.HandleOrZero(running_mean), Tensor.HandleOrZero(running_var), training, momentum, eps, cudnn: true),
                    input, weight, bias);
                GC.KeepAlive(running_mean);
                GC.KeepAlive(running_var);
                return normalised;
            }

            /// <summary>Normalises over the last dimensions.</summary>
            /// <param name="input"><c>[…, normalized_shape]</c>.</param>
            /// <param name="normalized_shape">The sizes of the dimensions to normalise over.</param>
            /// <param name="weight">The gain, of <paramref name="normalized_shape"/>, or none.</param>
            /// <param name="bias">Of <paramref name="normalized_shape"/>, or none.</param>
            /// <param name="eps">Added to the variance.</param>
            public static unsafe Tensor layer_norm(
                Tensor input, ReadOnlySpan<long> normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
            {
                fixed (long* start = normalized_shape)
                {
                    return Tensor.Wrap(
                        NativeMethods.layer_norm(
                            Tensor.HandleOf(input), start, normalized_shape.Length, Tensor.HandleOrZero(weight), Tensor.HandleOrZero(bias), eps),
                        input, weight, bias);
                }
            }

            /// <summary>Takes the largest value of each window.</summary>
            /// <param name="input"><c>[batch, channels, height, width]</c>.</param>
            /// <param name="kernelSize">One or two sizes.</param>
            /// <param name="strides">One or two steps; the size of the window unless set.</param>
            /// <param name="padding">One or two borders; 0 unless set.</param>
            /// <param name="dilation">One or two distances between points of the window; 1 unless set.</param>
            /// <param name="ceil_mode">Whether an incomplete last window counts.</param>
            public static unsafe Tensor max_pool2d(
                Tensor input, ReadOnlySpan<long> kernelSize, ReadOnlySpan<long> strides = default, ReadOnlySpan<long> padding = default,
                ReadOnlySpan<long> dilation = default, bool ceil_mode = false)
            {
                padding = padding.IsEmpty ? Zeros : padding;
                dilation = dilation.IsEmpty ? Ones : dilation;
                fixed (long* k = kernelSize, s = strides, p = padding, d = dilation)
                {
                    return Tensor.Wrap(
                        NativeMethods.max_pool2d(
                            Tensor.HandleOf(input), k, kernelSize.Length, s, strides.Length, p, padding.Length, d, dilation.Length, ceil_mode),
                        input);
                }
            }

            /// <summary>Averages each window.</summary>
            /// <param name="input"><c>[batch, channels, height, width]</c>.</param>
            /// <param name="kernelSize">One or two sizes.</param>
            /// <param name="strides">One or two steps; the size of the window unless set.</param>
            /// <param name="padding">One or two borders of zeros; 0 unless set.</param>
            /// <param name="ceil_mode">Whether an incomplete last window counts.</param>
            /// <param name="count_include_pad">Whether the zeros of the border count in the average.</param>
            public static unsafe Tensor avg_pool2d(
                Tensor input, ReadOnlySpan<long> kernelSize, ReadOnlySpan<long> strides = default, ReadOnlySpan<long> padding = default,
                bool ceil_mode = false, bool count_include_pad = true)
            {
                padding = padding.IsEmpty ? Zeros : padding;
                fixed (long* k = kernelSize, s = strides, p = padding)
                {
                    return Tensor.Wrap(
                        NativeMethods.avg_pool2d(
                            Tensor.HandleOf(input), k, kernelSize.Length, s, strides.Length, p, padding.Length, ceil_mode, count_include_pad),
                        input);
                }
            }

            /// <summary>Averages windows chosen so that the result has a given size.</summary>
            /// <param name="input"><c>[batch, channels, height, width]</c>.</param>
            /// <param name="outputSize">Height and width of the result, or one size for both.</param>
            public static unsafe Tensor adaptive_avg_pool2d(Tensor input, ReadOnlySpan<long> outputSize)
            {
                ReadOnlySpan<long> size = outputSize.Length == 1 ? [outputSize[0], outputSize[0]] : outputSize;
                fixed (long* start = size)
                {
                    return Tensor.Wrap(NativeMethods.adaptive_avg_pool2d(Tensor.HandleOf(input), start, size.Length), input);
                }
            }

            /// <summary>Looks up rows.</summary>
            /// <param name="input">Int64 row numbers of any shape <c>[…]</c>.</param>
            /// <param name="weight"><c>[rows, width]</c>.</param>
            /// <param name="padding_idx">A row that gets no gradient; none unless set.</param>
            /// <returns><c>[…, width]</c>.</returns>
            public static Tensor embedding(Tensor input, Tensor weight, long padding_idx = -1) =>
                Tensor.Wrap(NativeMethods.embedding(Tensor.HandleOf(input), Tensor.HandleOf(weight), padding_idx), input, weight);

            /// <summary>Sets values to zero at random and scales the others up.</summary>
            /// <param name="input">Any shape.</param>
            /// <param name="p">The share set to zero, from 0 to 1.</param>
            /// <param name="training">Whether to do anything.</param>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true) =>
                Tensor.Wrap(NativeMethods.dropout(Tensor.HandleOf(input), p, training), input);
        }
    }
}
