using System.Runtime.InteropServices;

namespace NasEngine.Torch;

/// <summary>libtorch refused an operation, or could not be loaded. The message is libtorch's own, without its stack trace.</summary>
public sealed class TorchException : Exception
{
    /// <summary>Initializes the error from a message.</summary>
    public TorchException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes the error from a message and its cause.</summary>
    public TorchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Initializes the error without a message.</summary>
    public TorchException()
    {
    }

    /// <summary>Throws with the message of the last failure on this thread if <paramref name="status"/> is not 0.</summary>
    internal static void ThrowIfFailed(int status)
    {
        if (status != 0)
        {
            throw FromLastError();
        }
    }

    internal static unsafe TorchException FromLastError() =>
        new(Marshal.PtrToStringUTF8((nint)NativeMethods.last_error())?.Trim() ?? "libtorch gave no message.");
}
