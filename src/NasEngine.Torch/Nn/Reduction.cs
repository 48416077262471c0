namespace NasEngine.Torch;

public static partial class torch
{
    /// <summary>Parts of neural networks.</summary>
    public static partial class nn
    {
        /// <summary>How a loss of many values becomes one.</summary>
        public enum Reduction
        {
            /// <summary>Not at all: one loss for each value.</summary>
            None = 0,

            /// <summary>Averaged.</summary>
            Mean = 1,

            /// <summary>Summed.</summary>
            Sum = 2,
        }

        /// <summary>What <see cref="functional.interpolate"/> does between pixels.</summary>
        public enum InterpolationMode
        {
            /// <summary>Takes the nearest pixel.</summary>
            Nearest = 0,

            /// <summary>Mixes the four nearest pixels linearly.</summary>
            Bilinear = 1,

            /// <summary>Mixes sixteen pixels by cubic weights.</summary>
            Bicubic = 2,
        }

        /// <summary>What <see cref="functional.pad"/> puts around a tensor.</summary>
        public enum PaddingModes
        {
            /// <summary>One value.</summary>
            Constant = 0,

            /// <summary>The mirror image, without the edge itself.</summary>
            Reflect = 1,

            /// <summary>The value at the edge.</summary>
            Replicate = 2,

            /// <summary>The other end.</summary>
            Circular = 3,
        }

        /// <summary>Operations on the gradients of many parameters.</summary>
        public static class utils
        {
            /// <summary>Scales all gradients by one factor so that their common norm is at most <paramref name="max_norm"/>.</summary>
            /// <param name="parameters">The parameters; those without a gradient are left out.</param>
            /// <param name="max_norm">The largest norm allowed.</param>
            /// <param name="norm_type">The p of the norm; 2 unless set, infinity for the largest value.</param>
            /// <returns>The norm before.</returns>
            public static unsafe double clip_grad_norm_(IEnumerable<Tensor> parameters, double max_norm, double norm_type = 2.0)
            {
                nint[] handles = Handles(parameters);
                double total;
                fixed (nint* start = handles)
                {
                    TorchException.ThrowIfFailed(NativeMethods.clip_grad_norm(start, handles.Length, max_norm, norm_type, &total));
                }

                GC.KeepAlive(parameters);
                return total;
            }

            /// <summary>Limits every value of every gradient to the range from -<paramref name="clip_value"/> to it.</summary>
            public static unsafe void clip_grad_value_(IEnumerable<Tensor> parameters, double clip_value)
            {
                nint[] handles = Handles(parameters);
                fixed (nint* start = handles)
                {
                    TorchException.ThrowIfFailed(NativeMethods.clip_grad_value(start, handles.Length, clip_value));
                }

                GC.KeepAlive(parameters);
            }
        }
    }
}
