namespace NasEngine.Core.Spaces;

/// <summary>What one gene of a dimension stands for.</summary>
public enum DimensionScope
{
    /// <summary>The whole network: one gene.</summary>
    Network,

    /// <summary>A stage: one gene for each.</summary>
    Stage,

    /// <summary>A block: one gene for each that the space can have, active while its stage is deep enough.</summary>
    Block,
}
