namespace NasEngine.Reports.Content;

/// <summary>How accuracies with inherited weights agree with those of the same networks trained alone.</summary>
/// <param name="KendallTau">Kendall's tau between the two, from -1 to 1.</param>
/// <param name="Count">How many networks were trained alone.</param>
public sealed record StandAloneAgreement(double KendallTau, int Count);
