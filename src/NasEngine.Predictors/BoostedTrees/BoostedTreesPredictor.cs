using NasEngine.Core.Predictors;
using NasEngine.Predictors.Trees;

namespace NasEngine.Predictors.BoostedTrees;

/// <summary>A sum of trees, added up in single precision in the library's order.</summary>
internal sealed class BoostedTreesPredictor(string[] features, TreeEnsemble trees, double mean, double scale) : IPredictor
{
    public string Kind => BoostedTreesTrainer.TrainerName;

    public IReadOnlyList<string> Features => features;

    public TreeEnsemble Trees => trees;

    public double Mean => mean;

    public double Scale => scale;

    public double Predict(ReadOnlySpan<double> features)
    {
        TrainingData.CheckFeatures(Features, features);
        return mean + (scale * Sum(Single(features)));
    }

    public double? Uncertainty(ReadOnlySpan<double> features)
    {
        TrainingData.CheckFeatures(Features, features);
        return null;
    }

    /// <summary>Gives the sum of the trees, in standard deviations of the targets.</summary>
    internal float Sum(ReadOnlySpan<float> row)
    {
        float sum = 0;
        for (int tree = 0; tree < trees.Count; tree++)
        {
            sum += trees.Value(tree, row);
        }

        return sum;
    }

    /// <summary>Gives values in single precision.</summary>
    internal static float[] Single(ReadOnlySpan<double> values)
    {
        float[] single = new float[values.Length];
        for (int index = 0; index < single.Length; index++)
        {
            single[index] = (float)values[index];
        }

        return single;
    }
}
