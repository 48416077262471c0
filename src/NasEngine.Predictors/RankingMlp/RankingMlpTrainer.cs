using NasEngine.Core.Predictors;
using NasEngine.Core.Randomness;
using NasEngine.Numerics.Statistics;
using NasEngine.Predictors.Differentiation;
using NasEngine.Predictors.Scaling;

namespace NasEngine.Predictors.RankingMlp;

/// <summary>Fits a small network that puts rows in order; its outputs are brought to the targets' unit by rank.</summary>
internal sealed class RankingMlpTrainer : IPredictorTrainer
{
    public const string LogisticName = "ranking-mlp";
    public const string KendallName = "diffkendall-mlp";

    public static readonly IReadOnlyList<int> Hidden = [48, 48];

    private readonly bool _isKendall;
    private readonly int _updates;

    /// <summary>Initializes the trainer.</summary>
    /// <param name="isKendall">Whether the loss is a smooth Kendall tau; otherwise pairwise logistic.</param>
    /// <param name="updates">How many batches the network is trained on, about.</param>
    public RankingMlpTrainer(bool isKendall, int updates = 400) => (_isKendall, _updates) = (isKendall, updates);

    public string Name => _isKendall ? KendallName : LogisticName;

    public string Description => _isKendall ? "A small network trained on a smooth Kendall tau: for values that are compared." : "A small network trained on pairs of rows: for values that are compared.";

    // Seconds for each fit, and on the published tables behind trees and kernels.
    public TrainerTraits Traits => TrainerTraits.ForComparison;

    public double Effort(int rows, int columns) => _updates * ((6e-9 * Math.Min(rows, 128) * ((columns * 48.0) + 2400)) + (2e-8 * 128 * 128));

    public string? Objection(FeatureTable table, IReadOnlyList<double> targets) => null;

    public IPredictor Fit(FeatureTable table, IReadOnlyList<double> targets, long seed)
    {
        double[] values = TrainingData.Check(table, targets);
        ColumnView view = ColumnView.Rescaled(table, DistinctColumns.Of(table));
        FeatureTable viewed = view.Apply(table);
        Standardization standardization = Standardization.Of(viewed);
        double[] inputs = standardization.Apply(viewed);
        double mean = Descriptive.Mean(values);
        double deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length);
        double[] scaled = [.. values.Select(value => deviation > 0 ? (value - mean) / deviation : 0)];
        Random random = new SeedTree(seed).Child(Name).CreateRandom();
        MlpNetwork network = new(view.Columns.Length, Hidden, random);
        int batches = (values.Length + 127) / 128;
        RankingTraining.Run(
            network, inputs, scaled, _isKendall ? RankingLoss.DiffKendall : RankingLoss.PairwiseLogistic, new RankingSettings(Math.Max(1, _updates / batches), 128, 3e-3, 1e-2), random);
        MonotoneMap? map = RankingTraining.Calibrate(RankingTraining.Outputs(network, inputs, values.Length), values);
        return new RankingPredictor(Name, [.. table.Columns], view, standardization, network, map, mean);
    }
}
