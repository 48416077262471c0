namespace NasEngine.Web.Devices;

/// <summary>Starts work on devices that a person asks for.</summary>
internal interface IDeviceJobs
{
    /// <summary>Starts to measure a few of a device's last networks again, and gives the job's id.</summary>
    /// <param name="form">The text that an experiment names the device by.</param>
    /// <param name="cancellationToken">Stops before the job is there.</param>
    Task<string> RemeasureAsync(string form, CancellationToken cancellationToken);
}
