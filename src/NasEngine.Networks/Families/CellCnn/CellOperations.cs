using NasEngine.Networks.Readers;

namespace NasEngine.Networks.Families.CellCnn;

/// <summary>What an edge of a cell may do. All keep the shape of what comes in.</summary>
/// <remarks>
/// Dong and Yang, NAS-Bench-201, ICLR 2020, §2.1: none, skip, avgpool3x3, conv1x1 and conv3x3. Liu, Simonyan and Yang, DARTS, ICLR 2019, §3.1:
/// maxpool3x3, sepconv3x3 and sepconv5x5.
/// </remarks>
internal static class CellOperations
{
    /// <summary>The edge is absent.</summary>
    public const string None = "none";

    private const string Skip = "skip";

    /// <summary>Gets the names in a space file.</summary>
    public static IReadOnlyList<string> Names { get; } = [None, Skip, "avgpool3x3", "maxpool3x3", "conv1x1", "conv3x3", "conv5x5", "sepconv3x3", "sepconv5x5"];

    /// <summary>Creates the weights of an operation on an edge, or nothing if it has none.</summary>
    public static IConvolutionBlock? CreateWeights(string operation, string name, int channels) => operation switch
    {
        "conv1x1" => new ReluConvolutionNorm(name, channels, channels, 1, 1),
        "conv3x3" => new ReluConvolutionNorm(name, channels, channels, 3, 1),
        "conv5x5" => new ReluConvolutionNorm(name, channels, channels, 5, 1),
        "sepconv3x3" => new SeparableConvolution(name, channels, 3),
        "sepconv5x5" => new SeparableConvolution(name, channels, 5),
        _ => null,
    };

    /// <summary>Reads an operation.</summary>
    /// <param name="reader">What to make of it.</param>
    /// <param name="x"><c>[batch, channels, height, width]</c>; read again by other edges.</param>
    /// <param name="operation">Its name; not <see cref="None"/>.</param>
    /// <param name="weights">Its weights, if it has any.</param>
    public static T Read<T>(INetworkReader<T> reader, T x, string operation, IConvolutionBlock? weights) => operation switch
    {
        Skip => x,
        "avgpool3x3" => reader.Pool(x, new PoolShape(PoolKind.Average, 3, 1, 1)),
        "maxpool3x3" => reader.Pool(x, new PoolShape(PoolKind.Max, 3, 1, 1)),
        _ => weights!.Read(reader, x),
    };
}
