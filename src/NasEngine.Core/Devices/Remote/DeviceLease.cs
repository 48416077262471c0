using System.Collections.Immutable;

namespace NasEngine.Core.Devices.Remote;

/// <summary>Work that an agent holds until its heartbeats stop.</summary>
/// <param name="Id">Names the lease.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="Options">The options of measuring, a JSON object.</param>
/// <param name="Threads">Threads of one network.</param>
/// <param name="Items">The networks.</param>
public sealed record DeviceLease(string Id, DeviceWorkKind Kind, string Options, int Threads, IReadOnlyList<DeviceLeaseItem> Items);

/// <summary>One network of a lease.</summary>
/// <param name="Key">The network's key.</param>
/// <param name="Sha256">The SHA-256 of its ONNX file, lower-case hexadecimal.</param>
/// <param name="InputShape">Shape of the one input.</param>
/// <param name="InputsSha256">For a run: the SHA-256 of its inputs; null for a measurement.</param>
public sealed record DeviceLeaseItem(string Key, string Sha256, ImmutableArray<int> InputShape, string? InputsSha256);
