using NasEngine.Core.Predictors;
using NasEngine.Predictors.Trees;

namespace NasEngine.Predictors.RandomForest;

/// <summary>The mean of trees; their spread is the uncertainty.</summary>
internal sealed class ForestPredictor(string kind, string[] features, TreeEnsemble trees) : IPredictor
{
    public string Kind => kind;

    public IReadOnlyList<string> Features => features;

    public TreeEnsemble Trees => trees;

    public double Predict(ReadOnlySpan<double> features)
    {
        TrainingData.CheckFeatures(Features, features);
        double sum = 0;
        for (int tree = 0; tree < trees.Count; tree++)
        {
            sum += trees.Value(tree, features);
        }

        return sum / trees.Count;
    }

    public double? Uncertainty(ReadOnlySpan<double> features)
    {
        double mean = Predict(features);
        double squares = 0;
        for (int tree = 0; tree < trees.Count; tree++)
        {
            double difference = trees.Value(tree, features) - mean;
            squares += difference * difference;
        }

        return Math.Sqrt(squares / trees.Count);
    }
}
