namespace NasEngine.Jobs.Background;

/// <summary>Keeps a machine quiet while it is measured: work goes on side by side, a measurement of the machine itself alone.</summary>
/// <remarks>Thread-safe. Whoever waits to measure goes before work that comes later.</remarks>
internal sealed class QuietGate : IDisposable
{
    // More than a worker has threads.
    private const int Everyone = 256;

    private readonly SemaphoreSlim _places = new(Everyone, Everyone);
    private readonly SemaphoreSlim _door = new(1, 1);

    /// <summary>Waits until work may begin.</summary>
    /// <param name="alone">Whether nothing else may go on meanwhile.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Disposed at the end of the work.</returns>
    public async Task<IDisposable> EnterAsync(bool alone, CancellationToken cancellationToken)
    {
        await _door.WaitAsync(cancellationToken).ConfigureAwait(false);
        int taken = 0;
        try
        {
            for (int wanted = alone ? Everyone : 1; taken < wanted; taken++)
            {
                await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            if (taken > 0)
            {
                _places.Release(taken);
            }

            throw;
        }
        finally
        {
            _door.Release();
        }

        return new Place(_places, taken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _places.Dispose();
        _door.Dispose();
    }

    private sealed class Place(SemaphoreSlim places, int taken) : IDisposable
    {
        private int _taken = taken;

        public void Dispose()
        {
            int all = Interlocked.Exchange(ref _taken, 0);
            if (all > 0)
            {
                places.Release(all);
            }
        }
    }
}
