using System.Globalization;
using NasEngine.Predictors.Trees;

namespace NasEngine.Predictors.BoostedTrees;

/// <summary>A booster of libxgboost with the rows that it is trained on. Not thread-safe.</summary>
internal sealed class XgboostBooster : IDisposable
{
    private readonly nint _matrix;
    private readonly nint _booster;

    /// <summary>Initializes a booster without trees.</summary>
    /// <param name="values">Row-major <c>[n × columns]</c>.</param>
    /// <param name="targets"><c>[n]</c>.</param>
    /// <param name="options">The settings.</param>
    /// <param name="seed">The seed of rows and columns drawn.</param>
    public XgboostBooster(ReadOnlySpan<float> values, ReadOnlySpan<float> targets, BoostedTreesOptions options, int seed)
    {
        try
        {
            _matrix = Matrix(values, targets.Length);
            XgboostNative.Check(XgboostNative.SetNumbers(_matrix, "label", targets, (ulong)targets.Length));
            XgboostNative.Check(XgboostNative.CreateBooster([_matrix], 1, out _booster));
            foreach ((string name, string value) in Parameters(options, seed))
            {
                XgboostNative.Check(XgboostNative.SetParameter(_booster, name, value));
            }

            for (int tree = 0; tree < options.Trees; tree++)
            {
                XgboostNative.Check(XgboostNative.Update(_booster, tree, _matrix));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gives the trees as the library stores them.</summary>
    public unsafe TreeEnsemble Trees()
    {
        XgboostNative.Check(XgboostNative.Save(_booster, "{\"format\":\"json\"}", out ulong length, out nint bytes));
        return XgboostModel.Read(new ReadOnlyMemory<byte>(new ReadOnlySpan<byte>((void*)bytes, (int)length).ToArray()));
    }

    /// <summary>Gives the library's own predictions.</summary>
    /// <param name="values">Row-major <c>[n × columns]</c>.</param>
    /// <param name="rows">The number of rows, <c>n</c>.</param>
    public unsafe float[] Predict(ReadOnlySpan<float> values, int rows)
    {
        nint matrix = Matrix(values, rows);
        try
        {
            XgboostNative.Check(XgboostNative.Predict(_booster, matrix, 0, 0, 0, out ulong length, out nint found));
            return new ReadOnlySpan<float>((void*)found, (int)length).ToArray();
        }
        finally
        {
            _ = XgboostNative.FreeMatrix(matrix);
        }
    }

    public void Dispose()
    {
        _ = _booster == 0 ? 0 : XgboostNative.FreeBooster(_booster);
        _ = _matrix == 0 ? 0 : XgboostNative.FreeMatrix(_matrix);
    }

    private static nint Matrix(ReadOnlySpan<float> values, int rows)
    {
        XgboostNative.Check(XgboostNative.CreateMatrix(values, (ulong)rows, (ulong)(values.Length / rows), float.NaN, out nint matrix));
        return matrix;
    }

    private static (string Name, string Value)[] Parameters(BoostedTreesOptions options, int seed) =>
    [
        ("objective", "reg:squarederror"), ("base_score", "0"), ("booster", "gbtree"), ("tree_method", "exact"), ("verbosity", "0"), ("nthread", "1"),
        ("seed", Text(seed)), ("max_depth", Text(options.Depth)), ("eta", Text(options.LearningRate)), ("subsample", Text(options.RowShare)),
        ("colsample_bytree", Text(options.ColumnShare)), ("min_child_weight", Text(options.LeastRowsOfLeaf)), ("lambda", "1"),
    ];

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
