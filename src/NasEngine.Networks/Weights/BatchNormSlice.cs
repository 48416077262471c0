namespace NasEngine.Networks.Weights;

/// <summary>The four arrays of a batch normalisation, cut to the channels that a subnet uses.</summary>
/// <param name="Gain">Gain by channel.</param>
/// <param name="Bias">Bias by channel.</param>
/// <param name="Mean">Mean by channel; measured for every subnet.</param>
/// <param name="Variance">Biased variance by channel; measured for every subnet.</param>
public sealed record BatchNormSlice(WeightSlice Gain, WeightSlice Bias, WeightSlice Mean, WeightSlice Variance)
{
    /// <summary>Gets the name that the four share, such as <c>stem.norm</c>.</summary>
    public string Name => Gain.Weight.Name[..Gain.Weight.Name.LastIndexOf('.')];

    /// <summary>Gets the number of channels.</summary>
    public int Channels => Gain.Ranges[0].Length;
}
