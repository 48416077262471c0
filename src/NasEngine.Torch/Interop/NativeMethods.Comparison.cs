using System.Runtime.InteropServices;

namespace NasEngine.Torch;

internal static partial class NativeMethods
{
    [DllImport(Library, EntryPoint = "nas_eq")]
    internal static extern nint eq(nint self, nint other);

    [DllImport(Library, EntryPoint = "nas_eq_scalar")]
    internal static extern nint eq_scalar(nint self, Scalar other);

    [DllImport(Library, EntryPoint = "nas_ne")]
    internal static extern nint ne(nint self, nint other);

    [DllImport(Library, EntryPoint = "nas_ne_scalar")]
    internal static extern nint ne_scalar(nint self, Scalar other);

    [DllImport(Library, EntryPoint = "nas_gt")]
    internal static extern nint gt(nint self, nint other);

    [DllImport(Library, EntryPoint = "nas_gt_scalar")]
    internal static extern nint gt_scalar(nint self, Scalar other);

    [DllImport(Library, EntryPoint = "nas_ge")]
    internal static extern nint ge(nint self, nint other);

    [DllImport(Library, EntryPoint = "nas_ge_scalar")]
    internal static extern nint ge_scalar(nint self, Scalar other);

    [DllImport(Library, EntryPoint = "nas_lt")]
    internal static extern nint lt(nint self, nint other);

    [DllImport(Library, EntryPoint = "nas_lt_scalar")]
    internal static extern nint lt_scalar(nint self, Scalar other);

    [DllImport(Library, EntryPoint = "nas_le")]
    internal static extern nint le(nint self, nint other);

    [DllImport(Library, EntryPoint = "nas_le_scalar")]
    internal static extern nint le_scalar(nint self, Scalar other);

    [DllImport(Library, EntryPoint = "nas_logical_and")]
    internal static extern nint logical_and(nint self, nint other);

    [DllImport(Library, EntryPoint = "nas_logical_or")]
    internal static extern nint logical_or(nint self, nint other);

    [DllImport(Library, EntryPoint = "nas_logical_xor")]
    internal static extern nint logical_xor(nint self, nint other);

    [DllImport(Library, EntryPoint = "nas_logical_not")]
    internal static extern nint logical_not(nint self);

    [DllImport(Library, EntryPoint = "nas_isfinite")]
    internal static extern nint isfinite(nint self);

    [DllImport(Library, EntryPoint = "nas_isnan")]
    internal static extern nint isnan(nint self);

    [DllImport(Library, EntryPoint = "nas_maximum")]
    internal static extern nint maximum(nint self, nint other);

    [DllImport(Library, EntryPoint = "nas_minimum")]
    internal static extern nint minimum(nint self, nint other);

    [DllImport(Library, EntryPoint = "nas_masked_fill")]
    internal static extern nint masked_fill(nint self, nint mask, Scalar value);

    [DllImport(Library, EntryPoint = "nas_masked_fill_")]
    internal static extern int masked_fill_(nint self, nint mask, Scalar value);

    [DllImport(Library, EntryPoint = "nas_masked_select")]
    internal static extern nint masked_select(nint self, nint mask);

    [DllImport(Library, EntryPoint = "nas_nonzero")]
    internal static extern nint nonzero(nint self);
}
