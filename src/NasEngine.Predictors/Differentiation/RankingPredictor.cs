using NasEngine.Core.Predictors;
using NasEngine.Predictors.Scaling;

namespace NasEngine.Predictors.Differentiation;

/// <summary>A network's output, brought to the targets' unit by a rising map.</summary>
/// <param name="kind">The name of the trainer.</param>
/// <param name="features">The columns' names.</param>
/// <param name="view">The columns that the network sees, and how they are rescaled.</param>
/// <param name="standardization">Brings the viewed columns to mean 0 and deviation 1.</param>
/// <param name="network">The network.</param>
/// <param name="map">From targets to outputs; <see langword="null"/> if every prediction is the same.</param>
/// <param name="constant">What is predicted without a map.</param>
internal sealed class RankingPredictor(
    string kind, string[] features, ColumnView view, Standardization standardization, INeuralNetwork network, MonotoneMap? map, double constant) : IPredictor
{
    public string Kind => kind;

    public IReadOnlyList<string> Features => features;

    public ColumnView View => view;

    public Standardization Standardization => standardization;

    public INeuralNetwork Network => network;

    public MonotoneMap? Map => map;

    public double Constant => constant;

    public double Predict(ReadOnlySpan<double> features)
    {
        TrainingData.CheckFeatures(Features, features);
        double[] viewed = new double[view.Columns.Length];
        view.Apply(features, viewed);
        double[] input = new double[viewed.Length];
        standardization.Apply(viewed, input);
        return map is null ? constant : map.Value(network.Forward(new Tape(), new Variable(1, input.Length, input), null).Values[0]);
    }

    public double? Uncertainty(ReadOnlySpan<double> features)
    {
        TrainingData.CheckFeatures(Features, features);
        return null;
    }
}
