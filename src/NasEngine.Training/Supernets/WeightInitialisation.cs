using NasEngine.Networks.Weights;

namespace NasEngine.Training.Supernets;

/// <summary>Draws the first values of arrays.</summary>
internal static class WeightInitialisation
{
    /// <summary>Draws an array, row-major.</summary>
    public static float[] Draw(WeightSpec spec, Random random)
    {
        float[] values = new float[spec.Count];
        switch (spec.Role)
        {
            case WeightRole.ConvolutionKernel:
                // A depthwise kernel has one output for each channel, so its fan-out is its area.
                double fanOut = (double)spec.Shape[2] * spec.Shape[3] * (spec.Shape[1] == 1 ? 1 : spec.Shape[0]);
                FillNormal(values, Math.Sqrt(2 / fanOut), random);
                break;
            case WeightRole.LinearMatrix:
                double bound = 1 / Math.Sqrt(spec.Shape[1]);
                for (int index = 0; index < values.Length; index++)
                {
                    values[index] = (float)(((random.NextDouble() * 2) - 1) * bound);
                }

                break;
            case WeightRole.NormGain:
                Array.Fill(values, 1);
                break;
        }

        return values;
    }

    // Box and Muller, two at a time.
    private static void FillNormal(float[] values, double deviation, Random random)
    {
        for (int index = 0; index < values.Length; index += 2)
        {
            double radius = deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            double angle = 2 * Math.PI * random.NextDouble();
            values[index] = (float)(radius * Math.Cos(angle));
            if (index + 1 < values.Length)
            {
                values[index + 1] = (float)(radius * Math.Sin(angle));
            }
        }
    }
}
