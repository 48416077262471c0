using System.Globalization;
using NasEngine.Core.Artefacts;
using NasEngine.Core.Devices.Remote;
using NasEngine.Storage.Devices;

namespace NasEngine.Jobs.Background.Handlers;

/// <summary>Removes jobs that ended long ago, content that no run's list of files refers to, and leases that ran out.</summary>
/// <remarks>Workers that are no more are noticed within seconds by every other worker, so that there is nothing to do about them here.</remarks>
internal sealed class UpkeepHandler : IJobHandler
{
    // Content is put before a run refers to it, on whatever machine: a day is longer than any clock or transfer is late.
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    public string Kind => JobKinds.Upkeep;

    public async Task<JobOutcome> ExecuteAsync(JobContext context, CancellationToken cancellationToken)
    {
        UpkeepPayload payload = context.Payload<UpkeepPayload>();
        DateTimeOffset now = context.Services.Time.GetUtcNow();
        int jobs = payload.RetentionDays == 0 ? 0 : await context.Stores.Jobs.RemoveFinishedAsync(now.AddDays(-payload.RetentionDays), cancellationToken).ConfigureAwait(false);
        (int files, long bytes) = await RemoveFilesAsync(context, now - Grace, cancellationToken).ConfigureAwait(false);
        IDeviceStore devices = DeviceStores.Of(context.Worker.Store, context.Services.Time);
        int leases = await devices.ExpireAsync(cancellationToken).ConfigureAwait(false);
        context.Progress.Say(string.Create(CultureInfo.InvariantCulture, $"removed {jobs} jobs, {files} files ({bytes} bytes) that nothing refers to and {leases} leases that ran out"));
        return new JobOutcome(new { jobs, files, bytes, leases });
    }

    private static async Task<(int Files, long Bytes)> RemoveFilesAsync(JobContext context, DateTimeOffset before, CancellationToken cancellationToken)
    {
        IBlobStore blobs = context.Worker.Store.Blobs;
        IReadOnlyList<Blob> kept = await blobs.ListAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlySet<string> referred = await context.Services.Store.FindReferredAsync([.. kept.Select(blob => blob.Sha256)], cancellationToken).ConfigureAwait(false);
        (int files, long bytes) = (0, 0);
        foreach (Blob blob in kept.Where(blob => !referred.Contains(blob.Sha256)))
        {
            if (await blobs.RemoveAsync(blob.Sha256, before, cancellationToken).ConfigureAwait(false))
            {
                (files, bytes) = (files + 1, bytes + blob.Bytes);
            }
        }

        return (files, bytes);
    }
}
