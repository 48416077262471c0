using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using NasEngine.Core.Devices;
using NasEngine.Core.Devices.Remote;
using NasEngine.Core.Errors;
using NasEngine.Jobs.Runs;

namespace NasEngine.Jobs.Background;

/// <summary>The devices of a worker, shown among all devices: what they are, that they are there, and what was measured on them last.</summary>
/// <remarks>Thread-safe. Devices that attach to the service themselves are left alone.</remarks>
internal sealed class WorkerDevices
{
    private const string Attached = "agent:";

    private readonly ConcurrentDictionary<string, DeviceAttachment> _known = new(StringComparer.Ordinal);
    private readonly IDeviceStore _store;
    private readonly RunServices _services;
    private readonly WorkerOptions _options;
    private readonly string _prefix;
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);

    /// <summary>Initializes the list.</summary>
    /// <param name="store">Where devices are shown.</param>
    /// <param name="services">What opens a device, and the clock.</param>
    /// <param name="options">The devices that are attached to the worker.</param>
    /// <param name="oneMachine">Whether all workers are on this machine: then a device's name says enough.</param>
    public WorkerDevices(IDeviceStore store, RunServices services, WorkerOptions options, bool oneMachine)
    {
        (_store, _services, _options) = (store, services, options);
        _prefix = oneMachine ? string.Empty : Environment.MachineName + ".";
    }

    /// <summary>Makes a device of its text, as the worker's user named them.</summary>
    public IDevice Open(string form)
    {
        string actual = _options.Devices.GetValueOrDefault(form, form);
        IDevice device = _services.OpenDevice(actual);
        return actual.StartsWith(Attached, StringComparison.Ordinal) ? device : new Shown(this, device, actual);
    }

    /// <summary>Asks each attached device once what it is, and says of all that they are there.</summary>
    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        foreach (string name in _options.Devices.Keys.Where(_met.Add))
        {
            try
            {
                IDevice device = Open(name);
                await using (device.ConfigureAwait(false))
                {
                    await device.ConnectAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            catch (NasException problem)
            {
                _services.Progress.Say($"device {name}: {problem.Message}");
            }
        }

        foreach ((string form, DeviceAttachment device) in _known)
        {
            await _store.NoteAsync(device, form, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task NoteAsync(string form, DeviceFingerprint fingerprint, CancellationToken cancellationToken)
    {
        DeviceAttachment device = new()
        {
            Name = NameOf(form),
            Kind = form.StartsWith("replay:", StringComparison.Ordinal) ? DeviceKind.Replay : DeviceKind.Local,
            Instance = Environment.MachineName,
            StartedAt = _services.Time.GetUtcNow(),
            Fingerprint = fingerprint,
        };
        if (!_known.TryGetValue(form, out DeviceAttachment? before) || before.Fingerprint.Id != fingerprint.Id)
        {
            _known[form] = device;
            await _store.NoteAsync(device, form, cancellationToken).ConfigureAwait(false);
        }
    }

    // A form such as local:threads=2 or replay:/data/pi.jsonl in the letters that a name may have.
    private string NameOf(string form)
    {
        string text = form.StartsWith("replay:", StringComparison.Ordinal) ? "replay-" + Path.GetFileNameWithoutExtension(form) : form;
        string name = _prefix + string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' ? letter : '-'));
        return name.Length > DeviceAttachment.MaxNameLength ? name[..DeviceAttachment.MaxNameLength] : name;
    }

    /// <summary>A device whose measurements are shown.</summary>
    private sealed class Shown(WorkerDevices owner, IDevice device, string form) : IDevice
    {
        public string Name => device.Name;

        public async Task<DeviceFingerprint> ConnectAsync(CancellationToken cancellationToken)
        {
            DeviceFingerprint fingerprint = await device.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await owner.NoteAsync(form, fingerprint, cancellationToken).ConfigureAwait(false);
            return fingerprint;
        }

        public async IAsyncEnumerable<Measurement> MeasureAsync(
            IReadOnlyList<MeasurementItem> items, MeasurementOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await ConnectAsync(cancellationToken).ConfigureAwait(false);
            await foreach (Measurement measurement in device.MeasureAsync(items, options, cancellationToken).ConfigureAwait(false))
            {
                yield return measurement;

                // After the asker has stored it: what is shown may be missing, what was measured may not.
                await owner._store.RecordAsync(owner.NameOf(form), measurement, CancellationToken.None).ConfigureAwait(false);
            }
        }

        public Task<IReadOnlyList<float[]>> RunAsync(
            ReadOnlyMemory<byte> model, ImmutableArray<int> inputShape, IReadOnlyList<float[]> inputs, CancellationToken cancellationToken) =>
            device.RunAsync(model, inputShape, inputs, cancellationToken);

        public ValueTask DisposeAsync() => device.DisposeAsync();
    }
}
