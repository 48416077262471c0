using System.Runtime.InteropServices;

namespace NasEngine.Torch;

// The C functions of native/shim_tensor.cpp over matrices.
internal static unsafe partial class NativeMethods
{
    [DllImport(Library, EntryPoint = "nas_linalg_eigvalsh")]
    internal static extern nint linalg_eigvalsh(nint self);

    [DllImport(Library, EntryPoint = "nas_linalg_svdvals")]
    internal static extern nint linalg_svdvals(nint self);

    [DllImport(Library, EntryPoint = "nas_linalg_logabsdet")]
    internal static extern nint linalg_logabsdet(nint self);
}
