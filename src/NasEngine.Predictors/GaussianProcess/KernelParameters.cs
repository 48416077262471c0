namespace NasEngine.Predictors.GaussianProcess;

/// <summary>What a Gaussian process is fitted by.</summary>
/// <param name="LengthScales">One for each group of columns, in standard deviations of its columns.</param>
/// <param name="Noise">The variance of a measurement relative to that of the signal.</param>
internal sealed record KernelParameters(double[] LengthScales, double Noise);
