namespace NasEngine.Networks.Kernels;

/// <summary>What a subnet costs on any device, for one image at FP32.</summary>
/// <param name="Macs">Multiply-accumulates.</param>
/// <param name="Parameters">Weights that are trained and used; statistics of normalisations not counted.</param>
/// <param name="PeakActivationBytes">The largest sum of values alive at once, by their lifetimes in the order of execution.</param>
/// <param name="BytesMoved">Values and weights read and written, each kernel counting its own.</param>
public sealed record NetworkCosts(long Macs, long Parameters, long PeakActivationBytes, long BytesMoved);
