using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using NasEngine.Core.Devices;
using NasEngine.Core.Errors;

namespace NasEngine.Profiling.Replay;

/// <summary>Answers from a file of recorded measurements: the same answers in the same order, on any machine.</summary>
/// <remarks>
/// Results come in the order of the items. Of several measurements of one network the first is given, always, so that a run that was
/// stopped and started again sees what an uninterrupted one sees.
/// </remarks>
public sealed class ReplayDevice : IDevice
{
    private readonly string _file;
    private readonly IDevice? _inner;
    private RecordingFile? _recording;
    private Dictionary<string, Measurement>? _byKey;

    /// <summary>Initializes the device; the file is read on first use.</summary>
    /// <param name="file">A file that a <see cref="RecordingDevice"/> wrote.</param>
    /// <param name="inner">Runs networks for <see cref="RunAsync"/>, which a file can't; disposed with this device. Without it that call is refused.</param>
    public ReplayDevice(string file, IDevice? inner = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        _file = file;
        _inner = inner;
    }

    /// <inheritdoc/>
    public string Name => $"replay:{_file}";

    /// <inheritdoc/>
    /// <exception cref="DamagedFileException">A line of the file is damaged.</exception>
    /// <exception cref="UsageException">The file can't be read.</exception>
    public async Task<DeviceFingerprint> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_recording is null || _byKey is null)
        {
            _recording = await RecordingFile.ReadAsync(_file, cancellationToken).ConfigureAwait(false);
            _byKey = new Dictionary<string, Measurement>(StringComparer.Ordinal);
            foreach (Measurement measurement in _recording.Measurements)
            {
                _byKey.TryAdd(measurement.Key, measurement);
            }
        }

        return _recording.Device;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Measurement> MeasureAsync(
        IReadOnlyList<MeasurementItem> items, MeasurementOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        DeviceItems.RequireDistinctKeys(items);
        return MeasureCoreAsync(items, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="UsageException">There is no inner device.</exception>
    public Task<IReadOnlyList<float[]>> RunAsync(
        ReadOnlyMemory<byte> model, ImmutableArray<int> inputShape, IReadOnlyList<float[]> inputs, CancellationToken cancellationToken) =>
        _inner is not null
            ? _inner.RunAsync(model, inputShape, inputs, cancellationToken)
            : throw new UsageException($"Device '{Name}' only replays latencies and can't run a network. Use a live device, such as 'local', for that.");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _inner?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async IAsyncEnumerable<Measurement> MeasureCoreAsync(
        IReadOnlyList<MeasurementItem> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DeviceFingerprint device = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        MeasurementItem[] missing = [.. items.Where(item => !_byKey!.ContainsKey(item.Key))];
        if (missing.Length > 0)
        {
            throw new UsageException(
                $"{_file} has no measurement of network '{missing[0].Key}'{(missing.Length > 1 ? $" and {missing.Length - 1} more" : string.Empty)}; "
                + $"it holds {_byKey!.Count} networks of {device}. Measure on that device while recording to this file.");
        }

        foreach (MeasurementItem item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Measurement measurement = _byKey![item.Key];
            if (!measurement.InputShape.SequenceEqual(item.InputShape))
            {
                throw new UsageException(
                    $"{_file} has network '{item.Key}' measured on input [{string.Join(" × ", measurement.InputShape)}], [{string.Join(" × ", item.InputShape)}] is asked for.");
            }

            yield return measurement;
        }
    }
}
