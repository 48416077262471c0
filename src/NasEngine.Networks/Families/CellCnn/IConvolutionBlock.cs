using NasEngine.Networks.Readers;

namespace NasEngine.Networks.Families.CellCnn;

/// <summary>A part of a network with weights, whose sizes are fixed.</summary>
internal interface IConvolutionBlock
{
    /// <summary>Reads the part; <paramref name="x"/> stays as it is for whoever reads it too.</summary>
    T Read<T>(INetworkReader<T> reader, T x);
}

/// <summary>ReLU, convolution, normalisation: NAS-Bench-201, §2.1.</summary>
internal sealed class ReluConvolutionNorm(string name, int inputs, int outputs, int kernel, int stride) : IConvolutionBlock
{
    private readonly ConvolutionWithNorm _convolution = new(name, outputs, inputs, kernel);

    public T Read<T>(INetworkReader<T> reader, T x) => ReadLeading(reader, x, inputs);

    /// <summary>Reads the block for an input that has only the leading channels.</summary>
    public T ReadLeading<T>(INetworkReader<T> reader, T x, int channels) => _convolution.Read(
        reader, reader.Activate(x, Activation.Relu, keepsInput: true), outputs, channels, kernel, new ConvolutionShape(stride, kernel / 2, 1));
}
