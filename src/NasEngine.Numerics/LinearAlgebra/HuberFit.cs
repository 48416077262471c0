namespace NasEngine.Numerics.LinearAlgebra;

/// <summary>How a robust fit went.</summary>
/// <param name="Scale">The robust standard deviation of the residuals, in the unit of the targets.</param>
/// <param name="Iterations">How often the weights were set.</param>
/// <param name="HasConverged">Whether the coefficients had settled when the fit ended.</param>
public readonly record struct HuberFit(double Scale, int Iterations, bool HasConverged);
