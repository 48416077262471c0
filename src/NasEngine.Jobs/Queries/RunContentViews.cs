using System.Text.Json;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Steps;
using NasEngine.Networks.Families;
using NasEngine.Training.Strategies;

namespace NasEngine.Jobs.Queries;

/// <summary>Two metrics of evaluations, to draw against each other.</summary>
/// <param name="X">The values across.</param>
/// <param name="Y">The values upwards, as many.</param>
/// <param name="Total">How many evaluations have both.</param>
/// <param name="Sampled">Whether only some of them are given.</param>
/// <param name="Keys">The metric keys that the stage has.</param>
public sealed record ScatterView(double[] X, double[] Y, int Total, bool Sampled, IReadOnlyList<string> Keys);

/// <summary>How a supernet was trained, or is trained so far.</summary>
/// <param name="Points">Losses by step.</param>
/// <param name="Validation">Accuracies on part of the validation data; empty without such data.</param>
public sealed record TrainingView(IReadOnlyList<TrainingPoint> Points, IReadOnlyList<TrainingValidation> Validation);

/// <summary>Accuracies on validation data in the course of training.</summary>
/// <param name="Step">The step after which it was taken.</param>
/// <param name="LargestAccuracy">The accuracy of the largest subnet, from 0 to 1.</param>
/// <param name="SmallestAccuracy">The accuracy of the smallest subnet, from 0 to 1.</param>
/// <param name="Images">How many held-out images were looked at.</param>
public sealed record TrainingValidation(long Step, double LargestAccuracy, double SmallestAccuracy, int Images)
{
    internal static TrainingValidation Of(long step, ValidationCheck check) => new(step, check.LargestAccuracy, check.SmallestAccuracy, check.Images);
}

/// <summary>A predictor and how good it is on architectures that it was not fitted on.</summary>
/// <param name="Run">The run it belongs to.</param>
/// <param name="Target">What it predicts.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Architectures">How many architectures it was fitted on in the end.</param>
/// <param name="HeldOut">How many it was judged on, fitted on the rest.</param>
/// <param name="KendallTau">Kendall's tau-b there, or <see langword="null"/> where there is none.</param>
/// <param name="Spearman">Spearman's rho there.</param>
/// <param name="MapePercent">Mean absolute error there, in percent of the truth.</param>
/// <param name="Within5">Share within 5 % there.</param>
/// <param name="Within10">Share within 10 % there.</param>
/// <param name="Pairs">Prediction and truth of each held-out architecture.</param>
public sealed record PredictorView(
    string Run, string Target, string Kind, int Architectures, int HeldOut, double? KendallTau, double? Spearman, double? MapePercent, double Within5, double Within10,
    IReadOnlyList<PredictorPair> Pairs)
{
    /// <summary>Makes a view of what the store keeps.</summary>
    public static PredictorView Of(RunPredictor stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        FittedPredictor fitted = JsonSerializer.Deserialize<FittedPredictor>(stored.Quality, JsonSerializerOptions.Web)!;
        return new PredictorView(
            stored.RunId, stored.Target, stored.Kind, fitted.Architectures, fitted.HeldOut, fitted.KendallTau, fitted.Spearman, fitted.MapePercent, fitted.Within5, fitted.Within10,
            [.. (fitted.Pairs ?? []).Select(pair => new PredictorPair(pair.Predicted, pair.Measured))]);
    }
}

/// <summary>A prediction beside the truth.</summary>
/// <param name="Predicted">What the predictor says.</param>
/// <param name="Measured">What is true.</param>
public sealed record PredictorPair(double Predicted, double Measured);

/// <summary>Architectures by their genes.</summary>
/// <param name="Genes">The genes in their order.</param>
/// <param name="Importance">For each objective's key the share of variance that each gene explains alone, largest first.</param>
/// <param name="Items">Verified architectures, then searched ones taken evenly; at most about 2,000.</param>
public sealed record GenesView(IReadOnlyList<GeneView> Genes, IReadOnlyDictionary<string, IReadOnlyList<GeneShare>> Importance, IReadOnlyList<GeneItem> Items);

/// <summary>A gene.</summary>
/// <param name="Name">Its name, such as <c>kernel[3]</c>.</param>
/// <param name="Choices">What its choices are called.</param>
public sealed record GeneView(string Name, IReadOnlyList<string> Choices);

/// <summary>An architecture by its genes.</summary>
/// <param name="Genes">The place of the choice of each gene.</param>
/// <param name="Metrics">Its values, by metric key.</param>
/// <param name="Front">Whether it is of the verified front.</param>
public sealed record GeneItem(IReadOnlyList<int> Genes, IReadOnlyDictionary<string, double> Metrics, bool Front);

/// <summary>A network: what it costs and how it looks.</summary>
/// <param name="Genotype">The architecture in the words of its space.</param>
/// <param name="Costs">What it costs on any device.</param>
/// <param name="Drawing">Its stages from input to output.</param>
public sealed record NetworkView(string Genotype, NetworkCostView Costs, NetworkSketch Drawing);

/// <summary>What a network costs on any device.</summary>
/// <param name="Macs">Multiply-accumulates for one input.</param>
/// <param name="Parameters">Weights used.</param>
/// <param name="Memory">Peak activation memory for one input, in bytes.</param>
public sealed record NetworkCostView(long Macs, long Parameters, long Memory);
