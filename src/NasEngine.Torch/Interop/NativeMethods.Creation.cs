using System.Runtime.InteropServices;

namespace NasEngine.Torch;

// Creation and random numbers, of native/shim_core.cpp.
internal static unsafe partial class NativeMethods
{
    [DllImport(Library, EntryPoint = "nas_empty")]
    internal static extern nint empty(long* size, int rank, int dtype, int device, int index);

    [DllImport(Library, EntryPoint = "nas_zeros")]
    internal static extern nint zeros(long* size, int rank, int dtype, int device, int index);

    [DllImport(Library, EntryPoint = "nas_ones")]
    internal static extern nint ones(long* size, int rank, int dtype, int device, int index);

    [DllImport(Library, EntryPoint = "nas_full")]
    internal static extern nint full(long* size, int rank, Scalar value, int dtype, int device, int index);

    [DllImport(Library, EntryPoint = "nas_arange")]
    internal static extern nint arange(Scalar start, Scalar stop, Scalar step, int dtype, int device, int index);

    [DllImport(Library, EntryPoint = "nas_linspace")]
    internal static extern nint linspace(double start, double end, long steps, int dtype, int device, int index);

    [DllImport(Library, EntryPoint = "nas_eye")]
    internal static extern nint eye(long rows, long columns, int dtype, int device, int index);

    [DllImport(Library, EntryPoint = "nas_rand")]
    internal static extern nint rand(long* size, int rank, int dtype, int device, int index, nint generator);

    [DllImport(Library, EntryPoint = "nas_randn")]
    internal static extern nint randn(long* size, int rank, int dtype, int device, int index, nint generator);

    [DllImport(Library, EntryPoint = "nas_randint")]
    internal static extern nint randint(long low, long high, long* size, int rank, int dtype, int device, int index, nint generator);

    [DllImport(Library, EntryPoint = "nas_randperm")]
    internal static extern nint randperm(long n, int dtype, int device, int index, nint generator);

    [DllImport(Library, EntryPoint = "nas_empty_like")]
    internal static extern nint empty_like(nint self);

    [DllImport(Library, EntryPoint = "nas_zeros_like")]
    internal static extern nint zeros_like(nint self);

    [DllImport(Library, EntryPoint = "nas_ones_like")]
    internal static extern nint ones_like(nint self);

    [DllImport(Library, EntryPoint = "nas_rand_like")]
    internal static extern nint rand_like(nint self);

    [DllImport(Library, EntryPoint = "nas_randn_like")]
    internal static extern nint randn_like(nint self);

    [DllImport(Library, EntryPoint = "nas_full_like")]
    internal static extern nint full_like(nint self, Scalar value);

    [DllImport(Library, EntryPoint = "nas_from_memory")]
    internal static extern nint from_memory(void* data, long* shape, int rank, int dtype);

    [DllImport(Library, EntryPoint = "nas_manual_seed")]
    internal static extern int manual_seed(ulong seed);

    [DllImport(Library, EntryPoint = "nas_generator_new")]
    internal static extern nint generator_new(ulong seed, int device, int index);

    [DllImport(Library, EntryPoint = "nas_generator_default")]
    internal static extern nint generator_default(int device, int index);

    [DllImport(Library, EntryPoint = "nas_generator_free")]
    internal static extern void generator_free(nint generator);

    [DllImport(Library, EntryPoint = "nas_generator_state")]
    internal static extern nint generator_state(nint generator);

    [DllImport(Library, EntryPoint = "nas_generator_set_state")]
    internal static extern int generator_set_state(nint generator, nint state);

    [DllImport(Library, EntryPoint = "nas_generator_seed")]
    internal static extern int generator_seed(nint generator, ulong seed);
}
