namespace NasEngine.Predictors.Trees;

/// <summary>Regression trees in arrays: a node sends a row left if its feature is below the threshold, a leaf has a value.</summary>
/// <remarks>Immutable and thread-safe. The right child follows the left one; a leaf has the left child -1.</remarks>
internal sealed class TreeEnsemble
{
    private readonly int[] _roots;
    private readonly int[] _features;
    private readonly double[] _thresholds;
    private readonly int[] _lefts;

    /// <summary>Initializes the trees.</summary>
    /// <param name="roots">The node that each tree starts with.</param>
    /// <param name="features">For every node the column it looks at; 0 for leaves.</param>
    /// <param name="thresholds">For every node the least value that goes right; for leaves their value.</param>
    /// <param name="lefts">For every node its left child, a greater number than its own; -1 for leaves.</param>
    public TreeEnsemble(int[] roots, int[] features, double[] thresholds, int[] lefts) =>
        (_roots, _features, _thresholds, _lefts) = (roots, features, thresholds, lefts);

    public int Count => _roots.Length;

    public IReadOnlyList<int> Roots => _roots;

    public IReadOnlyList<int> Features => _features;

    public IReadOnlyList<double> Thresholds => _thresholds;

    public IReadOnlyList<int> Lefts => _lefts;

    /// <summary>Gives the value of one tree.</summary>
    public double Value(int tree, ReadOnlySpan<double> row)
    {
        int node = _roots[tree];
        while (_lefts[node] >= 0)
        {
            node = _lefts[node] + (row[_features[node]] < _thresholds[node] ? 0 : 1);
        }

        return _thresholds[node];
    }

    /// <summary>Gives the value of one tree for a row in single precision, as libxgboost looks at it.</summary>
    public float Value(int tree, ReadOnlySpan<float> row)
    {
        int node = _roots[tree];
        while (_lefts[node] >= 0)
        {
            node = _lefts[node] + (row[_features[node]] < (float)_thresholds[node] ? 0 : 1);
        }

        return (float)_thresholds[node];
    }
}
