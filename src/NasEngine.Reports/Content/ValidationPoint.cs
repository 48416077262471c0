namespace NasEngine.Reports.Content;

/// <summary>An accuracy on validation data in the course of training.</summary>
/// <param name="Step">The step after which it was taken.</param>
/// <param name="Subnet">Which subnet, such as <c>largest</c>.</param>
/// <param name="Accuracy">The accuracy, from 0 to 1.</param>
public sealed record ValidationPoint(long Step, string Subnet, double Accuracy);
