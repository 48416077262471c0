using System.Text.Json;
using NasEngine.Predictors.Trees;

namespace NasEngine.Predictors.BoostedTrees;

/// <summary>Reads the JSON in which libxgboost saves a model.</summary>
internal static class XgboostModel
{
    /// <summary>Reads the trees; their nodes are numbered anew, so that right children follow left ones.</summary>
    public static TreeEnsemble Read(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement trees = document.RootElement.GetProperty("learner").GetProperty("gradient_booster").GetProperty("model").GetProperty("trees");
        List<int> roots = [];
        List<int> features = [];
        List<double> thresholds = [];
        List<int> lefts = [];
        foreach (JsonElement tree in trees.EnumerateArray())
        {
            int[] left = Integers(tree, "left_children");
            int[] right = Integers(tree, "right_children");
            int[] split = Integers(tree, "split_indices");
            double[] conditions = [.. tree.GetProperty("split_conditions").EnumerateArray().Select(static value => (double)value.GetSingle())];
            roots.Add(features.Count);
            Queue<int> open = new([0]);
            int next = features.Count + 1;
            while (open.TryDequeue(out int node))
            {
                bool isLeaf = left[node] < 0;
                features.Add(isLeaf ? 0 : split[node]);
                thresholds.Add(conditions[node]);
                lefts.Add(isLeaf ? -1 : next);
                if (!isLeaf)
                {
                    open.Enqueue(left[node]);
                    open.Enqueue(right[node]);
                    next += 2;
                }
            }
        }

        return new TreeEnsemble([.. roots], [.. features], [.. thresholds], [.. lefts]);
    }

    private static int[] Integers(JsonElement tree, string key) => [.. tree.GetProperty(key).EnumerateArray().Select(static value => value.GetInt32())];
}
