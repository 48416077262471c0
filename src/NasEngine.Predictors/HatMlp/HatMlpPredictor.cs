using System.Buffers;
using NasEngine.Core.Predictors;
using NasEngine.Numerics.Networks;

namespace NasEngine.Predictors.HatMlp;

/// <summary>Layers of ReLU neurons over features and targets that are divided by constants.</summary>
internal sealed class HatMlpPredictor : IBatchPredictor
{
    private const int BlockRows = 1024;

    private readonly double[] _divisors;
    private readonly MultilayerPerceptron _network;

    /// <summary>Initializes the predictor.</summary>
    /// <param name="features">The features' names.</param>
    /// <param name="divisors">What each feature is divided by.</param>
    /// <param name="scale">What the output is multiplied by, in the unit of the target.</param>
    /// <param name="width">Neurons of a hidden layer.</param>
    /// <param name="layers">For each layer its weights, row-major <c>[out × in]</c>, then its biases.</param>
    public HatMlpPredictor(IReadOnlyList<string> features, double[] divisors, double scale, int width, float[][] layers)
    {
        (Features, _divisors, Scale, Width, Layers) = (features, divisors, scale, width, layers);
        _network = new MultilayerPerceptron([.. layers.Select((layer, index) => Dense(layer, index < layers.Length - 1 ? width : 1))]);
    }

    public string Kind => HatMlpTrainer.TrainerName;

    public IReadOnlyList<string> Features { get; }

    public IReadOnlyList<double> Divisors => _divisors;

    public double Scale { get; }

    public int Width { get; }

    public IReadOnlyList<float[]> Layers { get; }

    public double Predict(ReadOnlySpan<double> features)
    {
        TrainingData.CheckFeatures(Features, features);
        double prediction = 0;
        Forward(features, new Span<double>(ref prediction));
        return prediction;
    }

    public void PredictAll(FeatureTable table, Span<double> predictions)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentOutOfRangeException.ThrowIfNotEqual(table.Columns.Length, Features.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(predictions.Length, table.Rows);
        int columns = Features.Count;
        for (int first = 0; first < predictions.Length; first += BlockRows)
        {
            int rows = Math.Min(BlockRows, predictions.Length - first);
            Forward(table.Values.Slice(first * columns, rows * columns), predictions.Slice(first, rows));
        }
    }

    public double? Uncertainty(ReadOnlySpan<double> features)
    {
        TrainingData.CheckFeatures(Features, features);
        return null;
    }

    private static DenseLayer Dense(float[] values, int outputs) =>
        new(values.AsMemory(0, values.Length - outputs), values.AsMemory(values.Length - outputs));

    private void Forward(ReadOnlySpan<double> features, Span<double> predictions)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(features.Length + predictions.Length);
        Span<float> inputs = rented.AsSpan(0, features.Length);
        Span<float> outputs = rented.AsSpan(features.Length, predictions.Length);
        for (int first = 0; first < features.Length; first += _divisors.Length)
        {
            for (int column = 0; column < _divisors.Length; column++)
            {
                inputs[first + column] = (float)(features[first + column] / _divisors[column]);
            }
        }

        _network.Forward(inputs, outputs);
        for (int row = 0; row < predictions.Length; row++)
        {
            predictions[row] = Scale * outputs[row];
        }

        ArrayPool<float>.Shared.Return(rented);
    }
}
