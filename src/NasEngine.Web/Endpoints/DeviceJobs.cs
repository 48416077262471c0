using NasEngine.Jobs.Background;
using NasEngine.Web.Devices;

namespace NasEngine.Web.Endpoints;

/// <summary>Starts work on devices as background jobs.</summary>
internal sealed class DeviceJobs(JobService jobs) : IDeviceJobs
{
    /// <inheritdoc/>
    public async Task<string> RemeasureAsync(string form, CancellationToken cancellationToken) =>
        (await jobs.RemeasureAsync(form, cancellationToken).ConfigureAwait(false)).Id;
}
