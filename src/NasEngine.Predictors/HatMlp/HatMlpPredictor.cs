using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.HatMlp;

/// <summary>Layers of ReLU neurons over features and targets that are divided by constants.</summary>
/// <param name="features">The features' names.</param>
/// <param name="divisors">What each feature is divided by.</param>
/// <param name="scale">What the output is multiplied by, in the unit of the target.</param>
/// <param name="width">Neurons of a hidden layer.</param>
/// <param name="layers">For each layer its weights, row-major <c>[out × in]</c>, then its biases.</param>
internal sealed class HatMlpPredictor(IReadOnlyList<string> features, double[] divisors, double scale, int width, float[][] layers) : IPredictor
{
    public string Kind => HatMlpTrainer.TrainerName;

    public IReadOnlyList<string> Features => features;

    public IReadOnlyList<double> Divisors => divisors;

    public double Scale => scale;

    public int Width => width;

    public IReadOnlyList<float[]> Layers => layers;

    public double Predict(ReadOnlySpan<double> features)
    {
        TrainingData.CheckFeatures(Features, features);
        double[] values = new double[features.Length];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = features[index] / divisors[index];
        }

        for (int layer = 0; layer < layers.Length; layer++)
        {
            int inputs = values.Length;
            int outputs = layers[layer].Length / (inputs + 1);
            double[] next = new double[outputs];
            for (int output = 0; output < outputs; output++)
            {
                ReadOnlySpan<float> weights = layers[layer].AsSpan(output * inputs, inputs);
                double sum = layers[layer][(outputs * inputs) + output];
                for (int input = 0; input < inputs; input++)
                {
                    sum += weights[input] * values[input];
                }

                next[output] = layer == layers.Length - 1 ? sum : Math.Max(0, sum);
            }

            values = next;
        }

        return scale * values[0];
    }

    public double? Uncertainty(ReadOnlySpan<double> features)
    {
        TrainingData.CheckFeatures(Features, features);
        return null;
    }
}
