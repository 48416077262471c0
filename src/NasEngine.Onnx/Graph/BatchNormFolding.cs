namespace NasEngine.Onnx.Graph;

/// <summary>Turns a convolution and the batch normalisation behind it into one convolution with a bias.</summary>
internal static class BatchNormFolding
{
    /// <summary>Folds; arithmetic in double precision, rounded once.</summary>
    /// <param name="weight">The kernel, row-major, output channels first; <c>outputs · n</c> values.</param>
    /// <param name="bias">The convolution's own bias <c>[outputs]</c>, or empty.</param>
    /// <param name="gain"><c>[outputs]</c>.</param>
    /// <param name="shift"><c>[outputs]</c>.</param>
    /// <param name="mean"><c>[outputs]</c>.</param>
    /// <param name="variance"><c>[outputs]</c>; not negative.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <returns>The kernel and the bias of the convolution that computes both.</returns>
    public static (float[] Weight, float[] Bias) Fold(
        ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, ReadOnlySpan<float> gain, ReadOnlySpan<float> shift,
        ReadOnlySpan<float> mean, ReadOnlySpan<float> variance, double epsilon)
    {
        int outputs = gain.Length, each = weight.Length / outputs;
        (float[] foldedWeight, float[] foldedBias) = (new float[weight.Length], new float[outputs]);
        for (int channel = 0; channel < outputs; channel++)
        {
            double scale = gain[channel] / Math.Sqrt(variance[channel] + epsilon);
            double own = bias.IsEmpty ? 0 : bias[channel];
            foldedBias[channel] = (float)(shift[channel] + ((own - mean[channel]) * scale));
            for (int index = channel * each; index < (channel + 1) * each; index++)
            {
                foldedWeight[index] = (float)(weight[index] * scale);
            }
        }

        return (foldedWeight, foldedBias);
    }
}
