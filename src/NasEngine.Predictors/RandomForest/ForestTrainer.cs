using NasEngine.Core.Predictors;
using NasEngine.Core.Randomness;

namespace NasEngine.Predictors.RandomForest;

/// <summary>Fits a mean of unpruned trees, each of which saw other rows, columns or thresholds.</summary>
internal sealed class ForestTrainer : IPredictorTrainer
{
    public const string ForestName = "random-forest";
    public const string ExtraTreesName = "extra-trees";
    public const int MostTrees = 10_000;

    private readonly bool _drawsThresholds;
    private readonly int _trees;

    /// <summary>Initializes the trainer.</summary>
    /// <param name="drawsThresholds">Whether thresholds are drawn and every tree sees all rows; otherwise thresholds are the best ones, and rows are drawn with repeats.</param>
    /// <param name="trees">The number of trees.</param>
    public ForestTrainer(bool drawsThresholds, int trees = 300) => (_drawsThresholds, _trees) = (drawsThresholds, trees);

    public string Name => _drawsThresholds ? ExtraTreesName : ForestName;

    public string Description => _drawsThresholds
        ? "A mean of trees with thresholds drawn at random: smoother than a forest, and says how sure it is."
        : "A mean of trees on rows drawn with repeats: sturdy with few rows, and says how sure it is.";

    public TrainerTraits Traits => TrainerTraits.ScaleFree;

    public double Effort(int rows, int columns) => _trees * (_drawsThresholds ? 3e-9 : 4e-8) * rows * columns * Math.Log2(rows + 2);

    public string? Objection(FeatureTable table, IReadOnlyList<double> targets) => null;

    public IPredictor Fit(FeatureTable table, IReadOnlyList<double> targets, long seed)
    {
        double[] values = TrainingData.Check(table, targets);
        Random random = new SeedTree(seed).Child(Name).CreateRandom();
        double[][] columns = [.. Enumerable.Range(0, table.Columns.Length).Select(column => ColumnOf(table, column))];
        TreeGrower grower = new(columns, values, Math.Max(1, (columns.Length + 2) / 3), _drawsThresholds, random);
        int[] roots = new int[_trees];
        List<int> features = [];
        List<double> thresholds = [];
        List<int> lefts = [];
        for (int tree = 0; tree < _trees; tree++)
        {
            int[] rows = new int[values.Length];
            for (int index = 0; index < rows.Length; index++)
            {
                rows[index] = _drawsThresholds ? index : random.Next(rows.Length);
            }

            roots[tree] = features.Count;
            grower.Grow(rows, features, thresholds, lefts);
        }

        return new ForestPredictor(Name, [.. table.Columns], new([.. roots], [.. features], [.. thresholds], [.. lefts]));
    }

    private static double[] ColumnOf(FeatureTable table, int column)
    {
        double[] values = new double[table.Rows];
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = table.Row(row)[column];
        }

        return values;
    }
}
