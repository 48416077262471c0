using System.Text.Json.Serialization;

namespace NasEngine.Core.Devices;

/// <summary>One block of runs of one network.</summary>
/// <param name="Nanoseconds">Median time of the block's runs, in nanoseconds.</param>
/// <param name="Order">Place of the block among all blocks of its batch, from 0.</param>
/// <param name="CanaryFactor">Time of the canary around the block, relative to the measurement's canary: 1 without drift.</param>
/// <param name="IsDrift">Whether the canary was further off than tolerated.</param>
/// <param name="CanaryChange">How far apart the canary's times before and after the block are, as a share of their mean; <see langword="null"/> where an older agent measured.</param>
public readonly record struct MeasuredBlock(
    [property: JsonPropertyName("ns"), JsonRequired] double Nanoseconds,
    int Order,
    [property: JsonPropertyName("canary")] double CanaryFactor,
    [property: JsonPropertyName("drift")] bool IsDrift,
    [property: JsonPropertyName("change"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? CanaryChange = null);
