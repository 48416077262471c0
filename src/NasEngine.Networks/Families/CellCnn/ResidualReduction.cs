using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;

namespace NasEngine.Networks.Families.CellCnn;

/// <summary>The residual block of stride 2 between stages: NAS-Bench-201, §2.1; its shortcut averages 2×2 pixels and has no normalisation.</summary>
internal sealed class ResidualReduction(string name, int inputs, int outputs)
{
    private readonly ReluConvolutionNorm _first = new($"{name}.first", inputs, outputs, 3, 2);
    private readonly ReluConvolutionNorm _second = new($"{name}.second", outputs, outputs, 3, 1);
    private readonly WeightSpec _shortcut = new($"{name}.shortcut.weight", [outputs, inputs, 1, 1], WeightRole.ConvolutionKernel);

    public T Read<T>(INetworkReader<T> reader, T x)
    {
        T main = _second.Read(reader, _first.Read(reader, x));
        T halved = reader.Pool(x, new PoolShape(PoolKind.Average, 2, 2, 0));
        return reader.Add(reader.Conv2d(halved, _shortcut.Leading(outputs, inputs, 1, 1), bias: null, new ConvolutionShape(1, 0, 1)), main);
    }
}
