using NasEngine.Core.Devices.Remote;

namespace NasEngine.Web.Live;

/// <summary>Tells what devices do: each change that comes through this process at once, others when they are looked for. Thread-safe.</summary>
internal sealed class DeviceWatch(ChangeFeed feed)
{
    private readonly Lock _lock = new();
    private Dictionary<string, (DeviceActivity Activity, int Waiting)> _known = [];

    // Until all devices were looked at once, those alone are known that were told of.
    private bool _isComplete;
    private long _told;

    /// <summary>Tells of a change.</summary>
    public void Tell(DeviceChange change)
    {
        lock (_lock)
        {
            _told++;
            if (change.Activity is not DeviceActivity activity)
            {
                _known.Remove(change.Name);
            }
            else
            {
                _known[change.Name] = (activity, _known.GetValueOrDefault(change.Name).Waiting);
            }

            Publish(change);
        }
    }

    /// <summary>Looks how the devices are, and tells what is not as it was before: work that waits for them too.</summary>
    public async Task LookAsync(IDeviceStore devices, CancellationToken cancellationToken)
    {
        long told;
        lock (_lock)
        {
            told = _told;
        }

        IReadOnlyList<AttachedDevice> now = await devices.ListAsync(cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            // What was told of meanwhile is newer than what was read; the next look is soon.
            if (told == _told)
            {
                Compare(now.ToDictionary(device => device.Name, device => (device.Activity, device.QueueLength), StringComparer.Ordinal));
            }
        }
    }

    /// <summary>Forgets what was seen: nobody listens.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            (_known, _isComplete) = ([], false);
        }
    }

    private void Compare(Dictionary<string, (DeviceActivity Activity, int Waiting)> now)
    {
        (Dictionary<string, (DeviceActivity Activity, int Waiting)> before, bool wasComplete) = (_known, _isComplete);
        (_known, _isComplete) = (now, true);
        foreach ((string name, (DeviceActivity Activity, int Waiting) state) in now.Where(pair => before.TryGetValue(pair.Key, out (DeviceActivity, int) known) ? known != pair.Value : wasComplete))
        {
            Publish(new DeviceChange(name, state.Activity));
        }

        foreach (string gone in before.Keys.Where(name => !now.ContainsKey(name)))
        {
            Publish(new DeviceChange(gone, null));
        }
    }

    private void Publish(DeviceChange change) => feed.Publish(new ServiceChange("devices", "device", change.Name, null, change.Activity switch
    {
        null => "deleted",
        DeviceActivity.Offline => "offline",
        DeviceActivity.Busy => "busy",
        _ => "online",
    }));
}
