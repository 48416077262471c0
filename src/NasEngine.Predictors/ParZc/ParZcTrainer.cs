using NasEngine.Core.Predictors;
using NasEngine.Core.Randomness;
using NasEngine.Numerics.Statistics;
using NasEngine.Predictors.Differentiation;
using NasEngine.Predictors.Scaling;

namespace NasEngine.Predictors.ParZc;

/// <summary>Fits the parametric zero-cost mixer on the columns that are plain quantities, or on all where there are none.</summary>
/// <remarks>Dong and others: ParZC, 2024, with the DiffKendall loss. Wide-ranging quantities enter as normal scores in place of logarithms.</remarks>
internal sealed class ParZcTrainer(int epochs = ParZcTrainer.Epochs) : IPredictorTrainer
{
    public const string TrainerName = "parzc";

    private const int Epochs = 80;
    private const int Batch = 10;

    public string Name => TrainerName;

    public string Description => "The parametric zero-cost mixer: a network over proxies, trained on a smooth Kendall tau.";

    // Slow, and on the published tables behind trees and kernels.
    public TrainerTraits Traits => TrainerTraits.ForComparison;

    public double Effort(int rows, int columns) => epochs * (rows / (double)Batch) * 5e-3;

    public string? Objection(FeatureTable table, IReadOnlyList<double> targets) => null;

    public IPredictor Fit(FeatureTable table, IReadOnlyList<double> targets, long seed)
    {
        double[] values = TrainingData.Check(table, targets);
        int[] distinct = DistinctColumns.Of(table);
        int[] quantities = [.. distinct.Where(column => table.Kinds[column] == FeatureKind.Quantity)];
        ColumnView view = ColumnView.Rescaled(table, quantities.Length > 0 ? quantities : distinct);
        FeatureTable viewed = view.Apply(table);
        Standardization standardization = Standardization.Of(viewed);
        double[] inputs = standardization.Apply(viewed);
        double mean = Descriptive.Mean(values);
        double deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length);
        double[] scaled = [.. values.Select(value => deviation > 0 ? (value - mean) / deviation : 0)];
        Random random = new SeedTree(seed).Child(Name).CreateRandom();
        MixerNetwork network = new(view.Columns.Length, random);
        RankingTraining.Run(network, inputs, scaled, RankingLoss.DiffKendall, new RankingSettings(epochs, Batch, 1e-3, 1e-3), random);
        MonotoneMap? map = RankingTraining.Calibrate(RankingTraining.Outputs(network, inputs, values.Length), values);
        return new RankingPredictor(Name, [.. table.Columns], view, standardization, network, map, mean);
    }
}
