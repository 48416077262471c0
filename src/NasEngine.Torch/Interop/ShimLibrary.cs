using System.Reflection;
using System.Runtime.InteropServices;

namespace NasEngine.Torch;

/// <summary>Finds and loads the shim, after the settings that libtorch reads only once are in place.</summary>
internal static class ShimLibrary
{
    /// <summary>The environment variable that names a shim file to load instead of the one beside the assembly.</summary>
    internal const string PathVariable = "NAS_TORCH_SHIM";

    private const string FileName = "libnasengine_torch.so";

    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(ShimLibrary).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != NativeMethods.Library)
        {
            return 0;
        }

        // OpenMP's threads spin while they wait, which slows every other process of the machine and, with
        // fewer free cores than threads, this one too. The C environment is written itself: libgomp reads it, not .NET's copy.
        _ = setenv("OMP_WAIT_POLICY"u8, "PASSIVE"u8);
        _ = setenv("GOMP_SPINCOUNT"u8, "0"u8);

        string? chosen = Environment.GetEnvironmentVariable(PathVariable);
        string path = string.IsNullOrEmpty(chosen) ? Path.Combine(AppContext.BaseDirectory, FileName) : chosen;
        if (!File.Exists(path))
        {
            throw new TorchException(
                $"The libtorch shim is not at '{path}'. Build the solution (it needs the Debian packages g++ and libtorch-dev), "
                + $"or name a built shim in {PathVariable}.");
        }

        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException error)
        {
            throw new TorchException(
                $"The libtorch shim '{path}' does not load: {FirstLine(error.Message)} "
                + "Install libtorch (apt-get install -y libtorch-dev), or build the shim again for the libtorch of this machine.", error);
        }
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0];

    private static unsafe int setenv(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        fixed (byte* namePointer = name, valuePointer = value)
        {
            return setenv(namePointer, valuePointer, overwrite: 0);
        }
    }

    [DllImport("libc")]
    private static extern unsafe int setenv(byte* name, byte* value, int overwrite);
}
