using NasEngine.Core.Predictors;
using NasEngine.Predictors.Scaling;

namespace NasEngine.Predictors.Ensemble;

/// <summary>A weighted sum of predictors, of their values or of the scores that a rising map gives these.</summary>
internal sealed class EnsemblePredictor(string[] features, MonotoneMap? map, bool addsScores, double constant, EnsembleMember[] members) : IBatchPredictor
{
    public const string KindName = "ensemble";

    public string Kind => KindName;

    public IReadOnlyList<string> Features => features;

    public MonotoneMap? Map => map;

    public bool AddsScores => addsScores;

    public double Constant => constant;

    public IReadOnlyList<EnsembleMember> Members => members;

    public double Predict(ReadOnlySpan<double> features)
    {
        TrainingData.CheckFeatures(Features, features);
        double sum = constant;
        foreach (EnsembleMember member in members)
        {
            sum += member.Weight * Unified(member, member.Predictor.Predict(Viewed(member, features)));
        }

        return Finished(sum);
    }

    public void PredictAll(FeatureTable table, Span<double> predictions)
    {
        predictions.Fill(constant);
        foreach (EnsembleMember member in members)
        {
            double[] own = member.Predictor.PredictAll(member.View.Apply(table));
            for (int row = 0; row < own.Length; row++)
            {
                predictions[row] += member.Weight * Unified(member, own[row]);
            }
        }

        for (int row = 0; row < predictions.Length; row++)
        {
            predictions[row] = Finished(predictions[row]);
        }
    }

    /// <remarks>The members' own deviations and the spread between them, brought to the targets' unit; <see langword="null"/> for one member that knows none.</remarks>
    public double? Uncertainty(ReadOnlySpan<double> features)
    {
        TrainingData.CheckFeatures(Features, features);
        (double weights, double mean, double squares, double known, double variance) = (0, 0, 0, 0, 0);
        foreach (EnsembleMember member in members)
        {
            double[] viewed = Viewed(member, features);
            double value = member.Predictor.Predict(viewed);
            double middle = InUnit(member, value);
            (weights, mean, squares) = (weights + member.Weight, mean + (member.Weight * middle), squares + (member.Weight * middle * middle));
            if (member.Predictor.Uncertainty(viewed) is double deviation)
            {
                double width = (InUnit(member, value + deviation) - InUnit(member, value - deviation)) / 2;
                (known, variance) = (known + member.Weight, variance + (member.Weight * width * width));
            }
        }

        if (weights <= 0 || (known <= 0 && members.Length == 1))
        {
            return null;
        }

        double spread = Math.Max(0, (squares / weights) - (mean / weights * (mean / weights)));
        return Math.Sqrt(spread + (known > 0 ? variance / known : 0));
    }

    private static double[] Viewed(EnsembleMember member, ReadOnlySpan<double> features)
    {
        double[] viewed = new double[member.View.Columns.Length];
        member.View.Apply(features, viewed);
        return viewed;
    }

    private double Unified(EnsembleMember member, double value) => map is null ? value : addsScores ? ScoreOf(map, member.GivesScores, value) : ValueOf(map, member.GivesScores, value);

    private double InUnit(EnsembleMember member, double value) => map is null ? value : ValueOf(map, member.GivesScores, value);

    private double Finished(double sum) => addsScores && map is not null ? map.Value(sum) : sum;

    /// <summary>Gives the value that a member's prediction stands for.</summary>
    internal static double ValueOf(MonotoneMap map, bool isScore, double prediction) => isScore ? map.Value(map.LimitScore(prediction)) : map.LimitValue(prediction);

    /// <summary>Gives the score that a member's prediction stands for.</summary>
    internal static double ScoreOf(MonotoneMap map, bool isScore, double prediction) => isScore ? map.LimitScore(prediction) : map.Score(map.LimitValue(prediction));
}
