using NasEngine.Networks.Weights;

namespace NasEngine.Networks.Families.MobileCnn;

/// <summary>The names and full sizes of a supernet's weights.</summary>
internal sealed class MobileCnnWeights
{
    public MobileCnnWeights(MobileCnnLayout layout, int inputChannels, int classes)
    {
        Stem = new ConvolutionWithNorm("stem", layout.Stem.Channels, inputChannels, layout.Stem.Kernel);
        Blocks = new InvertedBottleneck[layout.Stages.Items.Length * layout.MaxDepth];
        int entering = layout.Stem.Channels;
        for (int block = 0; block < Blocks.Length; block++)
        {
            (int stage, int index) = (block / layout.MaxDepth, block % layout.MaxDepth);
            int leaving = layout.Stages.Items[stage].Channels;
            Blocks[block] = new InvertedBottleneck(
                $"stage{stage}.block{index}", entering, MobileCnnFamily.Channels(entering * layout.MaxExpand, layout.ChannelMultiple), leaving,
                layout.MaxKernel, index == 0 ? layout.Stages.Items[stage].Stride : 1);
            entering = leaving;
        }

        Head = new ConvolutionWithNorm("head", layout.HeadChannels, entering, 1);
        Classifier = new WeightSpec("classifier.weight", [classes, layout.HeadChannels], WeightRole.LinearMatrix);
        ClassifierBias = new WeightSpec("classifier.bias", [classes], WeightRole.Bias);
    }

    public ConvolutionWithNorm Stem { get; }

    public InvertedBottleneck[] Blocks { get; }

    public ConvolutionWithNorm Head { get; }

    public WeightSpec Classifier { get; }

    public WeightSpec ClassifierBias { get; }
}
