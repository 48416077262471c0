using System.Collections.Immutable;

namespace NasEngine.Core.Devices.Remote;

/// <summary>Networks that one device is to measure together, or to run.</summary>
public sealed record DeviceBatch
{
    /// <summary>Gets the device's name.</summary>
    public required string Device { get; init; }

    /// <summary>Gets the <see cref="DeviceFingerprint.Id"/> that the device must have: a batch is never shared by two machines.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Gets what is to be done.</summary>
    public required DeviceWorkKind Kind { get; init; }

    /// <summary>Gets the options of measuring, a JSON object under the agent's names; <c>{}</c> for a run.</summary>
    public required string Options { get; init; }

    /// <summary>Gets the networks; their keys are distinct.</summary>
    public required IReadOnlyList<DeviceBatchItem> Items { get; init; }
}

/// <summary>One network of a batch.</summary>
/// <param name="Key">The network's key.</param>
/// <param name="Model">The bytes of the ONNX file.</param>
/// <param name="InputShape">Shape of the one input, batch first.</param>
/// <param name="Inputs">For a run: the values of all inputs one after the other, 32-bit floats, little-endian. Empty for a measurement.</param>
public sealed record DeviceBatchItem(string Key, ReadOnlyMemory<byte> Model, ImmutableArray<int> InputShape, ReadOnlyMemory<byte> Inputs = default);
