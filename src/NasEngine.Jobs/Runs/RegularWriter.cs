namespace NasEngine.Jobs.Runs;

/// <summary>Writes at regular intervals what has gathered, beside the work that it comes from. Disposing writes the rest.</summary>
internal sealed class RegularWriter : IAsyncDisposable
{
    private readonly Func<Task> _write;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _writing;

    /// <summary>Initializes the writer, which begins to write.</summary>
    /// <param name="write">Writes what there is; never called while it writes, and never fails.</param>
    /// <param name="interval">How often.</param>
    /// <param name="time">The clock.</param>
    public RegularWriter(Func<Task> write, TimeSpan interval, TimeProvider time)
    {
        _write = write;
        _writing = WriteAsync(interval, time);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(false);
        await _write().ConfigureAwait(false);
        _ended.Dispose();
    }

    private async Task WriteAsync(TimeSpan interval, TimeProvider time)
    {
        using PeriodicTimer timer = new(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false))
            {
                await _write().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed: the rest is written there.
            return;
        }
    }
}
