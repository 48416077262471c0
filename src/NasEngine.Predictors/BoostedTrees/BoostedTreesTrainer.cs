using System.ComponentModel.DataAnnotations;
using NasEngine.Core.Predictors;
using NasEngine.Core.Randomness;
using NasEngine.Numerics.Statistics;

namespace NasEngine.Predictors.BoostedTrees;

/// <summary>Fits gradient-boosted trees by libxgboost, in one thread, on standardised targets.</summary>
/// <remarks>Chen, Guestrin: XGBoost: A Scalable Tree Boosting System, 2016. The predictor holds the trees and needs no library.</remarks>
internal sealed class BoostedTreesTrainer : IPredictorTrainer
{
    public const string TrainerName = "xgboost";

    private readonly BoostedTreesOptions _options;

    public BoostedTreesTrainer(BoostedTreesOptions? options = null)
    {
        _options = options ?? new BoostedTreesOptions();
        Validator.ValidateObject(_options, new ValidationContext(_options), validateAllProperties: true);
    }

    public string Name => TrainerName;

    public string Description => "Boosted trees with a low learning rate: good from about a hundred rows, on features of any scale.";

    public TrainerTraits Traits => TrainerTraits.ScaleFree;

    public double Effort(int rows, int columns) => _options.Trees * (1e-4 + (1.2e-8 * rows * columns * _options.ColumnShare * _options.Depth));

    public string? Objection(FeatureTable table, IReadOnlyList<double> targets) =>
        XgboostNative.IsThere ? null : $"Boosted trees need libxgboost: install the package {XgboostNative.Package}.";

    public IPredictor Fit(FeatureTable table, IReadOnlyList<double> targets, long seed)
    {
        double[] values = TrainingData.Check(table, targets);
        if (Objection(table, values) is string objection)
        {
            throw new ArgumentException(objection, nameof(table));
        }

        double mean = Descriptive.Mean(values);
        double deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length);
        double scale = deviation > 1e-12 * Math.Abs(mean) ? deviation : 1;
        float[] standardized = [.. values.Select(value => (float)((value - mean) / scale))];

        // Few rows: a leaf of two of them would be most of a table.
        BoostedTreesOptions options = _options with { LeastRowsOfLeaf = Math.Clamp(values.Length / 10, 1, _options.LeastRowsOfLeaf) };
        using XgboostBooster booster = new(BoostedTreesPredictor.Single(table.Values), standardized, options, new SeedTree(seed).Child(TrainerName).CreateRandom().Next());
        return new BoostedTreesPredictor([.. table.Columns], booster.Trees(), mean, scale);
    }
}
