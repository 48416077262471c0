using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.GaussianProcess;

/// <summary>A conditioned Gaussian process, kept as its rows and parameters: what is computed from them has the same bits every time.</summary>
internal sealed class GaussianProcessPredictor : IPredictor
{
    private readonly Standardization _standardization;
    private readonly GaussianProcessModel _model;

    private GaussianProcessPredictor(FeatureTable table, double[] targets, ColumnGroups groups, KernelParameters parameters, Standardization standardization, GaussianProcessModel model) =>
        (Table, Targets, Groups, Parameters, _standardization, _model) = (table, targets, groups, parameters, standardization, model);

    public string Kind => GaussianProcessTrainer.TrainerName;

    public IReadOnlyList<string> Features => Table.Columns;

    public FeatureTable Table { get; }

    public IReadOnlyList<double> Targets { get; }

    public ColumnGroups Groups { get; }

    public KernelParameters Parameters { get; }

    /// <summary>Conditions a process; <see langword="null"/> if the rows and parameters give no positive definite matrix.</summary>
    public static GaussianProcessPredictor? Create(FeatureTable table, double[] targets, ColumnGroups groups, KernelParameters parameters)
    {
        Standardization standardization = GaussianProcessInputs.Of(table, groups);
        GaussianProcessModel? model = GaussianProcessModel.Create(standardization.Apply(table), targets, groups, parameters);
        return model is null ? null : new GaussianProcessPredictor(table, targets, groups, parameters, standardization, model);
    }

    public double Predict(ReadOnlySpan<double> features) => _model.Mean(Standardized(features));

    public double? Uncertainty(ReadOnlySpan<double> features) => Math.Sqrt(_model.Variance(Standardized(features)));

    private double[] Standardized(ReadOnlySpan<double> features)
    {
        TrainingData.CheckFeatures(Features, features);
        double[] standardized = new double[features.Length];
        _standardization.Apply(features, standardized);
        return standardized;
    }
}
