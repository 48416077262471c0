using System.Text.Json;
using NasEngine.Core.Json;

namespace NasEngine.Predictors.Trees;

/// <summary>Trees in predictor files: four lists, each on one line.</summary>
internal static class TreeEnsembleJson
{
    public const int MostNodes = 5_000_000;

    public static void Write(Utf8JsonWriter writer, TreeEnsemble trees)
    {
        PredictorJson.WriteLine(writer, "roots", trees.Roots.Select(static value => (double)value));
        PredictorJson.WriteLine(writer, "nodeFeatures", trees.Features.Select(static value => (double)value));
        PredictorJson.WriteLine(writer, "nodeThresholds", trees.Thresholds);
        PredictorJson.WriteLine(writer, "nodeLefts", trees.Lefts.Select(static value => (double)value));
    }

    public static TreeEnsemble? Read(JsonObjectReader root, int features)
    {
        int[] roots = Integers(root, "roots", 0);
        int[] columns = Integers(root, "nodeFeatures", 0);
        double[] thresholds = [.. root.Numbers("nodeThresholds", double.MinValue, double.MaxValue)];
        int[] lefts = Integers(root, "nodeLefts", -1);
        int nodes = columns.Length;
        if (nodes == 0 || thresholds.Length != nodes || lefts.Length != nodes)
        {
            root.Fault("nodeFeatures", $"as many numbers are expected as in nodeThresholds and nodeLefts, at least one; there are {nodes}, {thresholds.Length} and {lefts.Length}.");
        }
        else if (columns.Any(column => column >= features) || roots.Any(index => index >= nodes) || Enumerable.Range(0, nodes).Any(node => lefts[node] >= 0 && (lefts[node] <= node || lefts[node] + 1 >= nodes)))
        {
            root.Fault("nodeLefts", "a node, a root or a feature is named that is not there.");
        }

        return root.HasFaults ? null : new TreeEnsemble(roots, columns, thresholds, lefts);
    }

    private static int[] Integers(JsonObjectReader root, string key, int least)
    {
        IReadOnlyList<double> numbers = root.Numbers(key, least, MostNodes);
        if (numbers.Any(static number => number != Math.Floor(number)))
        {
            root.Fault(key, "whole numbers are expected.");
            return [];
        }

        return [.. numbers.Select(static number => (int)number)];
    }
}
