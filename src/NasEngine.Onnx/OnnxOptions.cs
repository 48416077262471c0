namespace NasEngine.Onnx;

/// <summary>Settings of an export.</summary>
public sealed record OnnxOptions
{
    /// <summary>Gets whether a batch normalisation is folded into the convolution before it; <see langword="true"/> unless set.</summary>
    /// <remarks>
    /// Runtimes fold at load time anyway, in single precision. Folded here, in double precision and rounded once, the file has
    /// half as many nodes and less than half as many arrays, a session opens faster, runtimes that do not fold are as fast, and the outputs
    /// are at least as near to the supernet's. Unfolded files keep every array as it was trained, for fine-tuning elsewhere.
    /// </remarks>
    public bool FoldBatchNorm { get; init; } = true;
}
