using System.Collections.Immutable;

namespace NasEngine.Networks.Families.MobileCnn;

/// <summary>The concrete sizes of one mobile CNN.</summary>
internal sealed record MobileCnnPlan(MobileCnnLayout Layout, int InputChannels, int Resolution, int Classes, ImmutableArray<MobileCnnBlockPlan> Blocks)
    : Plan([InputChannels, Resolution, Resolution], Classes);

/// <summary>The concrete sizes of one inverted bottleneck.</summary>
/// <param name="Stage">The stage, from 0.</param>
/// <param name="Index">The place within the stage, from 0.</param>
/// <param name="Inputs">Channels that enter.</param>
/// <param name="Hidden">Channels in the middle.</param>
/// <param name="Outputs">Channels that leave.</param>
/// <param name="Kernel">Size of the depthwise kernel.</param>
/// <param name="Stride">Step of the depthwise convolution.</param>
internal sealed record MobileCnnBlockPlan(int Stage, int Index, int Inputs, int Hidden, int Outputs, int Kernel, int Stride);
