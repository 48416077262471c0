namespace NasEngine.Torch;

public static partial class torch
{
    public static partial class nn
    {
        // Losses.
        public static partial class functional
        {
            /// <summary>Gives the cross entropy of classes under the softmax of scores.</summary>
            /// <param name="input">Scores, <c>[batch, classes, …]</c>.</param>
            /// <param name="target">Int64 classes <c>[batch, …]</c>, or probabilities of the shape of <paramref name="input"/>.</param>
            /// <param name="weight">A weight for each class, or none.</param>
            /// <param name="ignore_index">A class that counts for nothing.</param>
            /// <param name="reduction">How losses become one.</param>
            /// <param name="label_smoothing">The share of the target spread evenly over all classes, from 0 to 1.</param>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100,
                Reduction reduction = Reduction.Mean, double label_smoothing = 0) =>
                Tensor.Wrap(
                    NativeMethods.cross_entropy(
                        Tensor.HandleOf(input), Tensor.HandleOf(target), Tensor.HandleOrZero(weight), (long)reduction, ignore_index, label_smoothing),
                    input, target, weight);

            /// <summary>Gives minus the logarithm of the probability of each target class.</summary>
            /// <param name="input">Logarithms of probabilities, <c>[batch, classes, …]</c>.</param>
            /// <param name="target">Int64 classes, <c>[batch, …]</c>.</param>
            /// <param name="weight">A weight for each class, or none.</param>
            /// <param name="ignore_index">A class that counts for nothing.</param>
            /// <param name="reduction">How losses become one.</param>
            public static Tensor nll_loss(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean) =>
                Tensor.Wrap(
                    NativeMethods.nll_loss(Tensor.HandleOf(input), Tensor.HandleOf(target), Tensor.HandleOrZero(weight), (long)reduction, ignore_index),
                    input, target, weight);

            /// <summary>Gives the Kullback-Leibler divergence of the target from the input, value by value.</summary>
            /// <param name="input">Logarithms of probabilities.</param>
            /// <param name="target">Probabilities, or their logarithms.</param>
            /// <param name="log_target">Whether <paramref name="target"/> holds logarithms.</param>
            /// <param name="reduction">How values become one. For the divergence per row, sum and divide by the rows: the mean divides by all values.</param>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = false, Reduction reduction = Reduction.Mean) =>
                Tensor.Wrap(NativeMethods.kl_div(Tensor.HandleOf(input), Tensor.HandleOf(target), (long)reduction, log_target), input, target);

            /// <summary>Gives squared differences.</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Tensor.Wrap(NativeMethods.mse_loss(Tensor.HandleOf(input), Tensor.HandleOf(target), (long)reduction), input, target);

            /// <summary>Gives squared differences below <paramref name="beta"/> and absolute ones above.</summary>
            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                Tensor.Wrap(NativeMethods.smooth_l1_loss(Tensor.HandleOf(input), Tensor.HandleOf(target), (long)reduction, beta), input, target);
        }
    }
}
