using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using NasEngine.Core.Devices;
using NasEngine.Core.Devices.Remote;
using NasEngine.Core.Errors;
using NasEngine.Profiling.Local;

namespace NasEngine.Profiling.Remote;

/// <summary>A device whose agent asks a service for work: networks go into the store, results come out of it.</summary>
/// <remarks>
/// Several processes may use one device: their batches are worked on one after the other. A device that goes away is waited for, and goes on
/// with what is left. Results of a process that ended before it could take them are found by the next that asks for the same networks.
/// </remarks>
public sealed class RemoteDevice : IDevice
{
    private const int LargestRunBytes = 8 * 1024 * 1024;
    private const int MostRuns = 256;

    private readonly string _name;
    private readonly Func<CancellationToken, Task<IDeviceStore>> _open;
    private readonly TimeProvider _time;
    private readonly RemoteDeviceOptions _options;
    private readonly CanaryWatch _canary = new();
    private IDeviceStore? _store;

    /// <summary>Initializes the device; nothing is opened before the first call.</summary>
    /// <param name="name">The name under which it is attached.</param>
    /// <param name="open">Opens the store; the device disposes what it gets.</param>
    /// <param name="time">Bounds waiting.</param>
    /// <param name="options">How it is waited for; as unless set if null.</param>
    /// <exception cref="UsageException">The name can't be one of a device.</exception>
    public RemoteDevice(string name, Func<CancellationToken, Task<IDeviceStore>> open, TimeProvider time, RemoteDeviceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(time);
        _name = DeviceAttachment.RequireName(name);
        _open = open;
        _time = time;
        _options = options ?? new RemoteDeviceOptions();
    }

    /// <inheritdoc/>
    public string Name => $"agent:{_name}";

    /// <inheritdoc/>
    public async Task<DeviceFingerprint> ConnectAsync(CancellationToken cancellationToken)
    {
        IDeviceStore store = await OpenAsync(cancellationToken).ConfigureAwait(false);
        for (DateTimeOffset began = _time.GetUtcNow(); ;)
        {
            AttachedDevice device = await FindAsync(store, cancellationToken).ConfigureAwait(false);
            if (device.Activity != DeviceActivity.Offline)
            {
                return device.Fingerprint;
            }

            ThrowIfAwayFor(device, _time.GetUtcNow() - began, _options.ConnectPatience);
            await store.WaitAsync(_options.PollInterval, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Measurement> MeasureAsync(
        IReadOnlyList<MeasurementItem> items, MeasurementOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        DeviceItems.RequireDistinctKeys(items);
        return MeasureCoreAsync(items, options, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<float[]>> RunAsync(
        ReadOnlyMemory<byte> model, ImmutableArray<int> inputShape, IReadOnlyList<float[]> inputs, CancellationToken cancellationToken)
    {
        DeviceItems.RequireMatchingInputs(inputShape, inputs);
        IDeviceStore store = await OpenAsync(cancellationToken).ConfigureAwait(false);
        List<float[]> outputs = [];
        foreach (float[][] runs in inputs.Chunk(RunsOfOneBatch(inputShape)))
        {
            DeviceFingerprint fingerprint = await ConnectAsync(cancellationToken).ConfigureAwait(false);
            DeviceBatch batch = new()
            {
                Device = _name,
                Fingerprint = fingerprint.Id,
                Kind = DeviceWorkKind.Run,
                Options = "{}",
                Items = [new DeviceBatchItem("run", model, inputShape, AgentMessages.Encode(runs))],
            };
            int before = outputs.Count;
            await foreach (DeviceResult result in WorkAsync(store, batch, cancellationToken).ConfigureAwait(false))
            {
                using JsonDocument document = JsonDocument.Parse(result.Document);
                outputs.AddRange(RunOutputs.Parse(document.RootElement).Outputs.Select(text => AgentMessages.Decode(Convert.FromBase64String(text))));
            }

            if (outputs.Count - before != runs.Length)
            {
                throw new NetworkRefusedException(Name, "run", $"it gave {outputs.Count - before} outputs for {runs.Length} inputs.");
            }
        }

        return outputs;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync().ConfigureAwait(false);
            _store = null;
        }
    }

    private static int RunsOfOneBatch(ImmutableArray<int> inputShape)
    {
        long bytes = inputShape.Aggregate((long)sizeof(float), (product, size) => product * size);
        return (int)Math.Clamp(LargestRunBytes / bytes, 1, MostRuns);
    }

    private async IAsyncEnumerable<Measurement> MeasureCoreAsync(
        IReadOnlyList<MeasurementItem> items, MeasurementOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IDeviceStore store = await OpenAsync(cancellationToken).ConfigureAwait(false);
        foreach (MeasurementItem[] together in items.Chunk(options.Interleaved))
        {
            DeviceFingerprint fingerprint = await ConnectAsync(cancellationToken).ConfigureAwait(false);
            DeviceBatch batch = new()
            {
                Device = _name,
                Fingerprint = fingerprint.Id,
                Kind = DeviceWorkKind.Measure,
                Options = AgentMessages.Options(options).ToJsonString(),
                Items = [.. together.Select(item => new DeviceBatchItem(item.Key, item.GetModel(), item.InputShape))],
            };
            Dictionary<string, int> sequences = new(StringComparer.Ordinal);
            await foreach (DeviceResult result in WorkAsync(store, batch, cancellationToken).ConfigureAwait(false))
            {
                MeasurementItem item = together.Single(candidate => candidate.Key == result.Key);
                int sequence = CollectionsMarshal.GetValueRefOrAddDefault(sequences, result.Lease, out _)++;
                using JsonDocument document = JsonDocument.Parse(result.Document);
                Measurement measurement = _canary.Watch(
                    AgentMessages.Measured(document.RootElement, item, options, fingerprint, result.Lease, sequence, result.At));
                await store.RecordAsync(_name, measurement, CancellationToken.None).ConfigureAwait(false);
                yield return measurement;
            }
        }
    }

    /// <summary>Puts a batch into the device's queue and gives its results as they come. Whatever is not done when this ends is taken back.</summary>
    private async IAsyncEnumerable<DeviceResult> WorkAsync(
        IDeviceStore store, DeviceBatch batch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string id = await store.AddAsync(batch, cancellationToken).ConfigureAwait(false);
        Fetched fetched = new();
        using CancellationTokenSource end = new();
        Task keeping = KeepAsync(store, id, fetched, end.Token);
        try
        {
            for (DateTimeOffset lastSeen = _time.GetUtcNow(); ;)
            {
                // What was measured before the caller cancelled is given to it before it hears of that.
                bool isCancelled = cancellationToken.IsCancellationRequested;
                DeviceBatchProgress progress = await store.ReadAsync(id, fetched.Count, CancellationToken.None).ConfigureAwait(false);
                foreach (DeviceResult result in progress.Results)
                {
                    yield return result;
                    fetched.Count++;
                }

                if (isCancelled)
                {
                    throw new OperationCanceledException(cancellationToken);
                }

                if (progress.Refusal is { Key: string key } refusal)
                {
                    throw new NetworkRefusedException(Name, key, refusal.Message);
                }

                if (progress.Remaining == 0)
                {
                    yield break;
                }

                if (progress.Failure is string failure)
                {
                    throw new DeviceUnreachableException(Name, failure);
                }

                lastSeen = RequireSame(progress.Device, batch.Fingerprint, lastSeen);
                await store.WaitAsync(_options.PollInterval, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await store.CloseAsync(id, fetched.Count, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Says that somebody waits, also while the caller is slow with what it got.</summary>
    private async Task KeepAsync(IDeviceStore store, string batch, Fetched fetched, CancellationToken end)
    {
        while (true)
        {
            await Task.Delay(store.Options.AbandonedAfter / 4, _time, end).ConfigureAwait(false);
            await store.ReadAsync(batch, fetched.Count, end).ConfigureAwait(false);
        }
    }

    private DateTimeOffset RequireSame(AttachedDevice? device, string fingerprint, DateTimeOffset lastSeen)
    {
        if (device is null)
        {
            throw new DeviceUnreachableException(Name, "it was removed.");
        }

        if (device.Fingerprint.Id != fingerprint)
        {
            throw new DeviceUnreachableException(
                Name, $"another device is attached under its name now: {device.Fingerprint}. What is left was not measured there, since latencies of two devices can't be compared.");
        }

        if (device.Activity != DeviceActivity.Offline)
        {
            return _time.GetUtcNow();
        }

        ThrowIfAwayFor(device, _time.GetUtcNow() - lastSeen, _options.AwayPatience);
        return lastSeen;
    }

    private void ThrowIfAwayFor(AttachedDevice device, TimeSpan away, TimeSpan patience)
    {
        if (away >= patience)
        {
            throw new DeviceUnreachableException(
                Name, string.Create(CultureInfo.InvariantCulture, $"it was last heard of at {device.LastSeen:yyyy-MM-dd HH:mm:ss} UTC. Start its agent again."));
        }
    }

    private async Task<AttachedDevice> FindAsync(IDeviceStore store, CancellationToken cancellationToken)
    {
        List<AttachedDevice> agents = [.. (await store.ListAsync(cancellationToken).ConfigureAwait(false)).Where(device => device.Kind is DeviceKind.Agent or DeviceKind.Browser)];
        return agents.SingleOrDefault(device => device.Name == _name) ?? throw new DeviceUnreachableException(
            Name,
            agents.Count == 0
                ? "no device is attached. Start its agent: nas-device --server URL --token TOKEN --name " + _name
                : $"no device of that name is attached. Attached: {string.Join(", ", agents.Select(device => device.Activity == DeviceActivity.Offline ? $"{device.Name} (away)" : device.Name))}.");
    }

    private async Task<IDeviceStore> OpenAsync(CancellationToken cancellationToken) =>
        _store ??= await _open(cancellationToken).ConfigureAwait(false);

    private sealed class Fetched
    {
        private int _count;

        public int Count
        {
            get => Volatile.Read(ref _count);
            set => Volatile.Write(ref _count, value);
        }
    }
}
