namespace NasEngine.Torch;

/// <summary>A setting of the calling thread that is taken back when disposed.</summary>
internal sealed class ThreadMode(Action restore) : IDisposable
{
    private Action? _restore = restore;

    public void Dispose()
    {
        _restore?.Invoke();
        _restore = null;
    }
}
