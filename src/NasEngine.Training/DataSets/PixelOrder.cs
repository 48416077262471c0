namespace NasEngine.Training.DataSets;

/// <summary>How the values of a batch lie in memory.</summary>
public enum PixelOrder
{
    /// <summary><c>[batch, channels, height, width]</c>.</summary>
    ChannelsFirst,

    /// <summary><c>[batch, height, width, channels]</c>.</summary>
    ChannelsLast,
}
