using System.Collections.Immutable;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Readers;

namespace NasEngine.Networks.Families.MobileCnn;

/// <summary>The fixed sizes of a mobile CNN space.</summary>
internal sealed record MobileCnnLayout(
    ImmutableArray<Gene> Genes,
    MobileCnnStem Stem,
    SequenceOf<MobileCnnStage> Stages,
    int HeadChannels,
    int ChannelMultiple,
    Activation Activation,
    int MaxDepth,
    int MaxKernel,
    double MaxExpand) : SpaceLayout(Genes);

/// <summary>The first convolution.</summary>
internal sealed record MobileCnnStem(int Channels, int Kernel, int Stride);

/// <summary>A stage: blocks of the same width, the first of which may halve the image.</summary>
internal sealed record MobileCnnStage(int Channels, int Stride);
