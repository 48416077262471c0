namespace NasEngine.Onnx.Verification;

/// <summary>How far the outputs of a model are from those it should give.</summary>
/// <param name="LargestDifference">The largest absolute difference between two outputs; infinite if one of them is NaN or infinite.</param>
/// <param name="TopOneAgreement">The share of inputs, from 0 to 1, whose highest score is that of the same class.</param>
/// <param name="Inputs">How many inputs were compared; at least 1.</param>
public sealed record OnnxComparison(double LargestDifference, double TopOneAgreement, int Inputs);
