namespace NasEngine.Networks.Weights;

/// <summary>What a stored array is for; it decides how it is initialised and whether it is trained.</summary>
public enum WeightRole
{
    /// <summary>A convolution's kernel, <c>[out, in / groups, height, width]</c>.</summary>
    ConvolutionKernel,

    /// <summary>A linear layer's matrix, <c>[out, in]</c>.</summary>
    LinearMatrix,

    /// <summary>A bias; starts at 0.</summary>
    Bias,

    /// <summary>The gain of a normalisation; starts at 1.</summary>
    NormGain,

    /// <summary>The bias of a normalisation; starts at 0.</summary>
    NormBias,

    /// <summary>A batch normalisation's mean. Not trained: measured for every subnet.</summary>
    RunningMean,

    /// <summary>A batch normalisation's variance. Not trained: measured for every subnet.</summary>
    RunningVariance,
}
