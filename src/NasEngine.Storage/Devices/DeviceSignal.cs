namespace NasEngine.Storage.Devices;

/// <summary>Wakes those who wait for a change within this process. Thread-safe.</summary>
internal sealed class DeviceSignal(TimeProvider time)
{
    private TaskCompletionSource _next = Create();

    public void Set() => Interlocked.Exchange(ref _next, Create()).SetResult();

    /// <summary>Waits for a change that comes after this call, or for the time.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        Task changed = Volatile.Read(ref _next).Task;
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(changed, Task.Delay(longest, time, stop.Token)).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
