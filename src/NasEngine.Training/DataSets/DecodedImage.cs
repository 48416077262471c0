namespace NasEngine.Training.DataSets;

/// <summary>One image, 8 bits a sample, <c>[channels, height, width]</c>.</summary>
internal sealed record DecodedImage(int Channels, int Height, int Width, byte[] Pixels);
