namespace NasEngine.Reports.Content;

/// <summary>The losses of one training step, in nats. What was not trained in the step is <see langword="null"/>.</summary>
/// <param name="Step">The step, from 0.</param>
/// <param name="Largest">The loss of the largest subnet.</param>
/// <param name="Smallest">The loss of the smallest.</param>
/// <param name="Random">The mean loss of the randomly drawn ones.</param>
/// <param name="LearningRate">The learning rate.</param>
public sealed record TrainingLoss(long Step, double? Largest, double? Smallest = null, double? Random = null, double? LearningRate = null);
