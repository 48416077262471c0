namespace NasEngine.Reports.Content;

/// <summary>How the supernet was trained.</summary>
/// <param name="Losses">Training losses by step, ascending.</param>
/// <param name="Validations">Accuracies on validation data, ascending by step; may be empty.</param>
public sealed record TrainingCurve(IReadOnlyList<TrainingLoss> Losses, IReadOnlyList<ValidationPoint> Validations);
