using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace NasEngine.Torch;

// The C functions of native/shim_core.cpp. Functions that only read a field skip the switch of garbage-collector mode.
internal static unsafe partial class NativeMethods
{
    internal const string Library = "nasengine_torch";

    static NativeMethods() => ShimLibrary.Register();

    [DllImport(Library, EntryPoint = "nas_last_error")]
    internal static extern byte* last_error();

    [DllImport(Library, EntryPoint = "nas_torch_version")]
    internal static extern byte* torch_version();

    [DllImport(Library, EntryPoint = "nas_free")]
    internal static extern void free(nint self);

    [DllImport(Library, EntryPoint = "nas_alias")]
    internal static extern nint alias(nint self);

    [DllImport(Library, EntryPoint = "nas_dim"), SuppressGCTransition]
    internal static extern int dim(nint self);

    [DllImport(Library, EntryPoint = "nas_numel"), SuppressGCTransition]
    internal static extern long numel(nint self);

    [DllImport(Library, EntryPoint = "nas_scalar_type"), SuppressGCTransition]
    internal static extern int scalar_type(nint self);

    [DllImport(Library, EntryPoint = "nas_element_size"), SuppressGCTransition]
    internal static extern long element_size(nint self);

    [DllImport(Library, EntryPoint = "nas_device_type"), SuppressGCTransition]
    internal static extern int device_type(nint self);

    [DllImport(Library, EntryPoint = "nas_device_index"), SuppressGCTransition]
    internal static extern int device_index(nint self);

    [DllImport(Library, EntryPoint = "nas_storage_offset"), SuppressGCTransition]
    internal static extern long storage_offset(nint self);

    [DllImport(Library, EntryPoint = "nas_requires_grad"), SuppressGCTransition]
    internal static extern bool requires_grad(nint self);

    [DllImport(Library, EntryPoint = "nas_is_leaf"), SuppressGCTransition]
    internal static extern bool is_leaf(nint self);

    [DllImport(Library, EntryPoint = "nas_is_contiguous"), SuppressGCTransition]
    internal static extern bool is_contiguous(nint self, int format);

    [DllImport(Library, EntryPoint = "nas_sizes"), SuppressGCTransition]
    internal static extern void sizes(nint self, long* sizes);

    [DllImport(Library, EntryPoint = "nas_strides")]
    internal static extern int strides(nint self, long* strides);

    [DllImport(Library, EntryPoint = "nas_data_ptr")]
    internal static extern int data_ptr(nint self, void** pointer);

    [DllImport(Library, EntryPoint = "nas_storage_ptr")]
    internal static extern int storage_ptr(nint self, void** pointer);

    [DllImport(Library, EntryPoint = "nas_item")]
    internal static extern int item(nint self, double* number, long* whole, int* kind);

    [DllImport(Library, EntryPoint = "nas_set_requires_grad")]
    internal static extern nint set_requires_grad(nint self, bool required);

    [DllImport(Library, EntryPoint = "nas_copy_from_memory")]
    internal static extern int copy_from_memory(nint self, void* data);

    [DllImport(Library, EntryPoint = "nas_copy_to_memory")]
    internal static extern int copy_to_memory(nint self, void* data);

    [DllImport(Library, EntryPoint = "nas_to")]
    internal static extern nint to(nint self, int dtype, int device, int index, bool nonBlocking, bool copy);

    [DllImport(Library, EntryPoint = "nas_contiguous")]
    internal static extern nint contiguous(nint self, int format);

    [DllImport(Library, EntryPoint = "nas_cat")]
    internal static extern nint cat(nint* tensors, int count, long dim);

    [DllImport(Library, EntryPoint = "nas_stack")]
    internal static extern nint stack(nint* tensors, int count, long dim);

    [DllImport(Library, EntryPoint = "nas_where")]
    internal static extern nint where(nint condition, nint self, nint other);

    [DllImport(Library, EntryPoint = "nas_index")]
    internal static extern nint index(nint self, nint index);

    [DllImport(Library, EntryPoint = "nas_topk")]
    internal static extern nint topk(nint self, long k, long dim, bool largest, bool sorted, nint* indices);

    [DllImport(Library, EntryPoint = "nas_sort")]
    internal static extern nint sort(nint self, long dim, bool descending, nint* indices);

    [DllImport(Library, EntryPoint = "nas_max_dim")]
    internal static extern nint max_dim(nint self, long dim, bool keepdim, nint* indices);

    [DllImport(Library, EntryPoint = "nas_min_dim")]
    internal static extern nint min_dim(nint self, long dim, bool keepdim, nint* indices);
}
