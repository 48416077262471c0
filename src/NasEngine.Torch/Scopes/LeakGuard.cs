namespace NasEngine.Torch;

/// <summary>Frees the native tensor of a tensor that no scope owns, once it is collected.</summary>
/// <remarks>Apart from the tensor, so that tensors in scopes carry no finalizer: registering one costs more than a small operation.</remarks>
internal sealed class LeakGuard(nint handle) : IDisposable
{
    private nint _handle = handle;

    ~LeakGuard()
    {
        if (_handle != 0)
        {
            NativeMethods.free(_handle);
            LiveTensorCount.Decrement();
        }
    }

    /// <summary>Leaves the native tensor to its new owner.</summary>
    public void Dispose()
    {
        _handle = 0;
        GC.SuppressFinalize(this);
    }
}
