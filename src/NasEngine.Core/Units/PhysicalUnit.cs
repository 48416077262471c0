namespace NasEngine.Core.Units;

/// <summary>What a number counts.</summary>
public enum PhysicalUnit
{
    /// <summary>Time, in milliseconds.</summary>
    Milliseconds,

    /// <summary>Memory, in bytes.</summary>
    Bytes,

    /// <summary>Things: parameters, multiply-accumulates.</summary>
    Count,

    /// <summary>A part of a whole, from 0 to 1; printed in percent.</summary>
    Share,

    /// <summary>No unit, such as a loss in nats.</summary>
    None,
}
