using System.Runtime.InteropServices;

namespace NasEngine.Torch;

internal static unsafe partial class NativeMethods
{
    [DllImport(Library, EntryPoint = "nas_narrow")]
    internal static extern nint narrow(nint self, long dim, long start, long length);

    [DllImport(Library, EntryPoint = "nas_slice")]
    internal static extern nint slice(nint self, long dim, long start, long finish, long step);

    [DllImport(Library, EntryPoint = "nas_select")]
    internal static extern nint select(nint self, long dim, long index);

    [DllImport(Library, EntryPoint = "nas_view")]
    internal static extern nint view(nint self, long* shape, int shape_count);

    [DllImport(Library, EntryPoint = "nas_view_as")]
    internal static extern nint view_as(nint self, nint other);

    [DllImport(Library, EntryPoint = "nas_reshape")]
    internal static extern nint reshape(nint self, long* shape, int shape_count);

    [DllImport(Library, EntryPoint = "nas_transpose")]
    internal static extern nint transpose(nint self, long dim0, long dim1);

    [DllImport(Library, EntryPoint = "nas_t")]
    internal static extern nint t(nint self);

    [DllImport(Library, EntryPoint = "nas_permute")]
    internal static extern nint permute(nint self, long* dims, int dims_count);

    [DllImport(Library, EntryPoint = "nas_unsqueeze")]
    internal static extern nint unsqueeze(nint self, long dim);

    [DllImport(Library, EntryPoint = "nas_squeeze")]
    internal static extern nint squeeze(nint self, long dim);

    [DllImport(Library, EntryPoint = "nas_squeeze_all")]
    internal static extern nint squeeze_all(nint self);

    [DllImport(Library, EntryPoint = "nas_expand")]
    internal static extern nint expand(nint self, long* sizes, int sizes_count);

    [DllImport(Library, EntryPoint = "nas_flatten")]
    internal static extern nint flatten(nint self, long start_dim, long end_dim);

    [DllImport(Library, EntryPoint = "nas_unfold")]
    internal static extern nint unfold(nint self, long dimension, long size, long step);

    [DllImport(Library, EntryPoint = "nas_diagonal")]
    internal static extern nint diagonal(nint self, long offset, long dim1, long dim2);

    [DllImport(Library, EntryPoint = "nas_repeat")]
    internal static extern nint repeat(nint self, long* repeats, int repeats_count);

    [DllImport(Library, EntryPoint = "nas_flip")]
    internal static extern nint flip(nint self, long* dims, int dims_count);

    [DllImport(Library, EntryPoint = "nas_roll")]
    internal static extern nint roll(nint self, long shift, long dim);

    [DllImport(Library, EntryPoint = "nas_index_select")]
    internal static extern nint index_select(nint self, long dim, nint index);

    [DllImport(Library, EntryPoint = "nas_gather")]
    internal static extern nint gather(nint self, long dim, nint index);

    [DllImport(Library, EntryPoint = "nas_scatter")]
    internal static extern nint scatter(nint self, long dim, nint index, nint src);

    [DllImport(Library, EntryPoint = "nas_scatter_")]
    internal static extern int scatter_(nint self, long dim, nint index, nint src);

    [DllImport(Library, EntryPoint = "nas_index_add_")]
    internal static extern int index_add_(nint self, long dim, nint index, nint source);

    [DllImport(Library, EntryPoint = "nas_index_copy_")]
    internal static extern int index_copy_(nint self, long dim, nint index, nint source);

    [DllImport(Library, EntryPoint = "nas_clone")]
    internal static extern nint clone(nint self);

    [DllImport(Library, EntryPoint = "nas_detach")]
    internal static extern nint detach(nint self);
}
