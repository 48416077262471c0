using NasEngine.Core.Errors;

namespace NasEngine.Core.Devices.Remote;

/// <summary>An agent calls that is not attached any more: it was removed, or another took its name.</summary>
public sealed class DeviceSessionEndedException : NasException
{
    /// <summary>Initializes the error.</summary>
    public DeviceSessionEndedException()
        : base("This agent is not attached any more: it was removed, or a newer one took its name. Attach it again to go on.")
    {
    }
}
