using System.Globalization;
using NasEngine.Core.Devices;
using NasEngine.Core.Devices.Remote;
using NasEngine.Core.Errors;
using NasEngine.Profiling.Local;
using NasEngine.Profiling.Remote;
using NasEngine.Profiling.Replay;

namespace NasEngine.Profiling;

/// <summary>Makes devices from the text that a user writes: <c>local</c>, <c>local:threads=2</c>, <c>replay:FILE</c>, <c>agent:NAME</c>.</summary>
public sealed class DeviceRegistry
{
    private readonly Dictionary<string, (string Form, Func<string, IDevice> Create)> _kinds = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    /// <summary>Initializes a registry that knows the kinds of this project.</summary>
    /// <param name="time">The clock that devices stamp their measurements with.</param>
    /// <param name="baseFolder">What relative files are relative to; the current folder if null.</param>
    /// <param name="openStore">Opens the store through which devices are attached; without it there is no form <c>agent:NAME</c>. Each device disposes what it gets.</param>
    public DeviceRegistry(TimeProvider time, string? baseFolder = null, Func<CancellationToken, Task<IDeviceStore>>? openStore = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        string folder = baseFolder ?? Environment.CurrentDirectory;
        Register("local", "local[:threads=N]", CreateLocal);
        Register("replay", "replay:FILE", rest => rest.Length > 0
            ? new ReplayDevice(Path.Combine(folder, rest))
            : throw new UsageException("Device 'replay' needs a file: replay:FILE."));
        if (openStore is not null)
        {
            Register("agent", "agent:NAME", name => name.Length > 0
                ? new RemoteDevice(name, openStore, time)
                : throw new UsageException("Device 'agent' needs the name under which one is attached: agent:NAME."));
        }
    }

    /// <summary>Gets the forms that a user may write, sorted.</summary>
    public IReadOnlyList<string> Forms => [.. _kinds.Values.Select(kind => kind.Form).Order(StringComparer.Ordinal)];

    /// <summary>Adds a kind of device, or replaces one.</summary>
    /// <param name="kind">What stands before the colon.</param>
    /// <param name="form">The form shown to users, such as <c>local[:threads=N]</c>.</param>
    /// <param name="create">Makes a device from what stands after the first colon; empty text if there is no colon.</param>
    public void Register(string kind, string form, Func<string, IDevice> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentException.ThrowIfNullOrEmpty(form);
        ArgumentNullException.ThrowIfNull(create);
        _kinds[kind] = (form, create);
    }

    /// <summary>Makes a device; nothing is started yet.</summary>
    /// <param name="text">The device as a user writes it.</param>
    /// <exception cref="UsageException">There is no such kind of device, or a setting of it is not known; the message lists what is.</exception>
    public IDevice Create(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 ? text : text[..colon];
        return _kinds.TryGetValue(kind, out (string Form, Func<string, IDevice> Create) known)
            ? known.Create(colon < 0 ? string.Empty : text[(colon + 1)..])
            : throw UsageException.UnknownName("device", text, Forms);
    }

    private LocalDevice CreateLocal(string settings)
    {
        LocalDeviceOptions options = new();
        foreach (string setting in settings.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] parts = setting.Split('=', 2);
            if (parts is not ["threads", string value])
            {
                throw UsageException.UnknownName("setting of device 'local'", parts[0], ["threads"]);
            }

            options = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads is >= 1 and <= 1024
                ? options with { Threads = threads }
                : throw new UsageException($"Setting 'threads' of device 'local' must be a whole number from 1 to 1024, got '{value}'.");
        }

        return new LocalDevice(options, _time);
    }
}
