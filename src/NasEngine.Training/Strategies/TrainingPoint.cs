using System.Text.Json.Serialization;

namespace NasEngine.Training.Strategies;

/// <summary>A point of the training curve.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="LearningRate">The learning rate of the last step.</param>
/// <param name="LargestLoss">Cross-entropy of the largest subnet on the last batch, in nats.</param>
/// <param name="SmallestLoss">Loss of the smallest subnet on the last batch, in nats; against the largest's scores if it is distilled.</param>
/// <param name="RandomLoss">Mean loss of the subnets drawn at random, in nats; <see langword="null"/> if none were.</param>
public sealed record TrainingPoint(long Step, double LearningRate, double LargestLoss, double SmallestLoss, double? RandomLoss)
{
    /// <summary>Gets how good both ends of the space were on held-out images after the step, or <see langword="null"/> where that was not looked at.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ValidationCheck? Validation { get; init; }
}

/// <summary>How good subnets are on held-out images while the supernet is trained; on few images, so that it costs little.</summary>
/// <param name="LargestAccuracy">Accuracy of the largest subnet, from 0 to 1.</param>
/// <param name="SmallestAccuracy">Accuracy of the smallest subnet, from 0 to 1.</param>
/// <param name="Images">How many held-out images were looked at.</param>
public sealed record ValidationCheck(double LargestAccuracy, double SmallestAccuracy, int Images);
