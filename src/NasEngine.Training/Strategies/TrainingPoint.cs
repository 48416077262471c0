namespace NasEngine.Training.Strategies;

/// <summary>A point of the training curve.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="LearningRate">The learning rate of the last step.</param>
/// <param name="LargestLoss">Cross-entropy of the largest subnet on the last batch, in nats.</param>
/// <param name="SmallestLoss">Loss of the smallest subnet on the last batch, in nats; against the largest's scores if it is distilled.</param>
/// <param name="RandomLoss">Mean loss of the subnets drawn at random, in nats; <see langword="null"/> if none were.</param>
public sealed record TrainingPoint(long Step, double LearningRate, double LargestLoss, double SmallestLoss, double? RandomLoss);
