using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;

namespace NasEngine.Networks.Families.MobileCnn;

/// <summary>Expand, filter each channel, project: Sandler et al., MobileNetV2, §3.2. Elastic in kernel, expansion and width.</summary>
/// <remarks>
/// A narrow layer is the leading part of the wide one; a small kernel is the centre of the large one, without the learned
/// transform of once-for-all. The sum with the input is made where stride and width allow.
/// </remarks>
internal sealed class InvertedBottleneck
{
    private readonly ConvolutionWithNorm _expand;
    private readonly ConvolutionWithNorm _depthwise;
    private readonly ConvolutionWithNorm _project;
    private readonly int _stride;

    /// <summary>Names the weights of a block at its largest sizes.</summary>
    public InvertedBottleneck(string name, int maxInputs, int maxHidden, int maxOutputs, int maxKernel, int stride)
    {
        _expand = new ConvolutionWithNorm($"{name}.expand", maxHidden, maxInputs, 1);
        _depthwise = new ConvolutionWithNorm($"{name}.depthwise", maxHidden, 1, maxKernel);
        _project = new ConvolutionWithNorm($"{name}.project", maxOutputs, maxHidden, 1);
        _stride = stride;
    }

    public T Read<T>(INetworkReader<T> reader, T x, MobileCnnBlockPlan block, Activation activation)
    {
        T hidden = reader.Activate(_expand.Read(reader, x, block.Hidden, block.Inputs, 1, new ConvolutionShape(1, 0, 1)), activation);
        T filtered = _depthwise.Read(reader, hidden, block.Hidden, 1, block.Kernel, new ConvolutionShape(_stride, block.Kernel / 2, block.Hidden));
        T projected = _project.Read(reader, reader.Activate(filtered, activation), block.Outputs, block.Hidden, 1, new ConvolutionShape(1, 0, 1));
        return _stride == 1 && block.Inputs == block.Outputs ? reader.Add(projected, x) : projected;
    }
}
