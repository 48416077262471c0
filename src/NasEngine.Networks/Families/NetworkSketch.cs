namespace NasEngine.Networks.Families;

/// <summary>What a person should see of a subnet: its stages from input to output.</summary>
/// <param name="Input">What enters, such as <c>1 × 28 × 28</c>.</param>
/// <param name="Stages">The stages in order.</param>
/// <param name="Output">What leaves, such as <c>10 classes</c>.</param>
public sealed record NetworkSketch(string Input, IReadOnlyList<StageSketch> Stages, string Output);

/// <summary>A stage of a drawn network.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Resolution">Height and width that leave it, in pixels.</param>
/// <param name="Blocks">Its blocks; those that the subnet leaves out are marked.</param>
public sealed record StageSketch(string Name, int Resolution, IReadOnlyList<BlockSketch> Blocks);

/// <summary>A block of a drawn network.</summary>
/// <param name="Operation">What it is, such as <c>MBConv</c>.</param>
/// <param name="Channels">Channels that leave it.</param>
/// <param name="Kernel">Kernel size, if it has one.</param>
/// <param name="Expansion">Expansion, if it has one.</param>
/// <param name="IsSkipped">Whether the space has the block but the subnet does not.</param>
public sealed record BlockSketch(string Operation, int Channels, int? Kernel = null, double? Expansion = null, bool IsSkipped = false);
