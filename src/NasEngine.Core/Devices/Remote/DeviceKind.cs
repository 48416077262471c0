namespace NasEngine.Core.Devices.Remote;

/// <summary>How a device is reached.</summary>
public enum DeviceKind
{
    /// <summary>An agent under Node that asks the service for work.</summary>
    Agent,

    /// <summary>An agent in a page of a browser.</summary>
    Browser,

    /// <summary>The machine that a worker runs on.</summary>
    Local,

    /// <summary>A file of earlier measurements.</summary>
    Replay,
}
