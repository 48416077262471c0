using System.Runtime.InteropServices;

namespace NasEngine.Torch;

internal static partial class NativeMethods
{
    [DllImport(Library, EntryPoint = "nas_exp")]
    internal static extern nint exp(nint self);

    [DllImport(Library, EntryPoint = "nas_expm1")]
    internal static extern nint expm1(nint self);

    [DllImport(Library, EntryPoint = "nas_log")]
    internal static extern nint log(nint self);

    [DllImport(Library, EntryPoint = "nas_log1p")]
    internal static extern nint log1p(nint self);

    [DllImport(Library, EntryPoint = "nas_log2")]
    internal static extern nint log2(nint self);

    [DllImport(Library, EntryPoint = "nas_sqrt")]
    internal static extern nint sqrt(nint self);

    [DllImport(Library, EntryPoint = "nas_sqrt_")]
    internal static extern int sqrt_(nint self);

    [DllImport(Library, EntryPoint = "nas_rsqrt")]
    internal static extern nint rsqrt(nint self);

    [DllImport(Library, EntryPoint = "nas_square")]
    internal static extern nint square(nint self);

    [DllImport(Library, EntryPoint = "nas_sin")]
    internal static extern nint sin(nint self);

    [DllImport(Library, EntryPoint = "nas_cos")]
    internal static extern nint cos(nint self);

    [DllImport(Library, EntryPoint = "nas_erf")]
    internal static extern nint erf(nint self);

    [DllImport(Library, EntryPoint = "nas_sigmoid")]
    internal static extern nint sigmoid(nint self);

    [DllImport(Library, EntryPoint = "nas_tanh")]
    internal static extern nint tanh(nint self);

    [DllImport(Library, EntryPoint = "nas_relu")]
    internal static extern nint relu(nint self);

    [DllImport(Library, EntryPoint = "nas_relu_")]
    internal static extern int relu_(nint self);

    [DllImport(Library, EntryPoint = "nas_gelu")]
    internal static extern nint gelu(nint self);

    [DllImport(Library, EntryPoint = "nas_silu")]
    internal static extern nint silu(nint self);

    [DllImport(Library, EntryPoint = "nas_hardswish")]
    internal static extern nint hardswish(nint self);

    [DllImport(Library, EntryPoint = "nas_hardsigmoid")]
    internal static extern nint hardsigmoid(nint self);

    [DllImport(Library, EntryPoint = "nas_round")]
    internal static extern nint round(nint self);

    [DllImport(Library, EntryPoint = "nas_floor")]
    internal static extern nint floor(nint self);

    [DllImport(Library, EntryPoint = "nas_ceil")]
    internal static extern nint ceil(nint self);

    [DllImport(Library, EntryPoint = "nas_softmax")]
    internal static extern nint softmax(nint self, long dim, int dtype);

    [DllImport(Library, EntryPoint = "nas_log_softmax")]
    internal static extern nint log_softmax(nint self, long dim, int dtype);

    [DllImport(Library, EntryPoint = "nas_cumsum")]
    internal static extern nint cumsum(nint self, long dim, int dtype);

    [DllImport(Library, EntryPoint = "nas_tril")]
    internal static extern nint tril(nint self, long diagonal);

    [DllImport(Library, EntryPoint = "nas_triu")]
    internal static extern nint triu(nint self, long diagonal);

    [DllImport(Library, EntryPoint = "nas_matmul")]
    internal static extern nint matmul(nint self, nint other);

    [DllImport(Library, EntryPoint = "nas_bmm")]
    internal static extern nint bmm(nint self, nint mat2);

    [DllImport(Library, EntryPoint = "nas_mm")]
    internal static extern nint mm(nint self, nint mat2);
}
