using System.Collections.Immutable;

namespace NasEngine.Core.Devices;

/// <summary>Something that networks are measured on: this machine, another one, or a file of earlier measurements.</summary>
/// <remarks>
/// One call at a time; calls are not thread-safe among each other. A device connects on first use, and goes on after a failure of its own
/// where it can: what was measured before is never measured again or lost. Disposing ends whatever the device started.
/// </remarks>
public interface IDevice : IAsyncDisposable
{
    /// <summary>Gets the text that names the device, as a user writes it: <c>local</c>, <c>local:threads=2</c>, <c>replay:FILE</c>.</summary>
    string Name { get; }

    /// <summary>Connects if that has not happened, and says what the device is.</summary>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <exception cref="Errors.NasException">The device can't be reached.</exception>
    Task<DeviceFingerprint> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Measures networks and gives each result as soon as it is there, in no promised order, one for each item.</summary>
    /// <param name="items">The networks; their keys are distinct.</param>
    /// <param name="options">How long and how precisely.</param>
    /// <param name="cancellationToken">Stops within two seconds; what was given before stays valid.</param>
    /// <exception cref="ArgumentException">Two items have one key, or an option is out of its range.</exception>
    /// <exception cref="Errors.NasException">The device can't be reached, or it refuses a network.</exception>
    IAsyncEnumerable<Measurement> MeasureAsync(
        IReadOnlyList<MeasurementItem> items, MeasurementOptions options, CancellationToken cancellationToken);

    /// <summary>Runs one network on given inputs, to compare what it computes.</summary>
    /// <param name="model">The bytes of the ONNX file.</param>
    /// <param name="inputShape">Shape of each input, batch first.</param>
    /// <param name="inputs">For each run the values of the network's one input, row-major, as many as <paramref name="inputShape"/> says.</param>
    /// <param name="cancellationToken">Stops within two seconds.</param>
    /// <returns>For each run the values of the network's first output, row-major.</returns>
    /// <exception cref="ArgumentException">An input has another number of values.</exception>
    /// <exception cref="Errors.NasException">The device can't be reached, can't run networks, or refuses this one.</exception>
    Task<IReadOnlyList<float[]>> RunAsync(
        ReadOnlyMemory<byte> model, ImmutableArray<int> inputShape, IReadOnlyList<float[]> inputs, CancellationToken cancellationToken);
}
