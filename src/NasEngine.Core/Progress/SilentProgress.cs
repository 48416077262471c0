namespace NasEngine.Core.Progress;

/// <summary>Shows nothing.</summary>
public sealed class SilentProgress : IProgressSink
{
    /// <summary>Gets the only instance.</summary>
    public static SilentProgress Instance { get; } = new();

    /// <inheritdoc/>
    public IProgressTask Start(string title, long total, string unit, long done = 0) => new Task();

    /// <inheritdoc/>
    public void Say(string line)
    {
    }

    private sealed class Task : IProgressTask
    {
        public void Report(long done, string? note = null)
        {
        }

        public void Dispose()
        {
        }
    }
}
