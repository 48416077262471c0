using System.Runtime.InteropServices;

namespace NasEngine.Torch;

internal static unsafe partial class NativeMethods
{
    [DllImport(Library, EntryPoint = "nas_sum")]
    internal static extern nint sum(nint self, int dtype);

    [DllImport(Library, EntryPoint = "nas_sum_dims")]
    internal static extern nint sum_dims(nint self, long* dim, int dim_count, bool keepdim, int dtype);

    [DllImport(Library, EntryPoint = "nas_mean")]
    internal static extern nint mean(nint self, int dtype);

    [DllImport(Library, EntryPoint = "nas_mean_dims")]
    internal static extern nint mean_dims(nint self, long* dimensions, int dimensions_count, bool keepdim, int dtype);

    [DllImport(Library, EntryPoint = "nas_var")]
    internal static extern nint var(nint self, bool unbiased);

    [DllImport(Library, EntryPoint = "nas_var_dims")]
    internal static extern nint var_dims(nint self, long* dimensions, int dimensions_count, bool unbiased, bool keepdim);

    [DllImport(Library, EntryPoint = "nas_std")]
    internal static extern nint std(nint self, bool unbiased);

    [DllImport(Library, EntryPoint = "nas_std_dims")]
    internal static extern nint std_dims(nint self, long* dimensions, int dimensions_count, bool unbiased, bool keepdim);

    [DllImport(Library, EntryPoint = "nas_max")]
    internal static extern nint max(nint self);

    [DllImport(Library, EntryPoint = "nas_min")]
    internal static extern nint min(nint self);

    [DllImport(Library, EntryPoint = "nas_amax")]
    internal static extern nint amax(nint self, long* dims, int dims_count, bool keepdim);

    [DllImport(Library, EntryPoint = "nas_amin")]
    internal static extern nint amin(nint self, long* dims, int dims_count, bool keepdim);

    [DllImport(Library, EntryPoint = "nas_argmax")]
    internal static extern nint argmax(nint self);

    [DllImport(Library, EntryPoint = "nas_argmax_dim")]
    internal static extern nint argmax_dim(nint self, long dim, bool keepdim);

    [DllImport(Library, EntryPoint = "nas_argmin")]
    internal static extern nint argmin(nint self);

    [DllImport(Library, EntryPoint = "nas_argmin_dim")]
    internal static extern nint argmin_dim(nint self, long dim, bool keepdim);

    [DllImport(Library, EntryPoint = "nas_argsort")]
    internal static extern nint argsort(nint self, long dim, bool descending);

    [DllImport(Library, EntryPoint = "nas_all")]
    internal static extern nint all(nint self);

    [DllImport(Library, EntryPoint = "nas_any")]
    internal static extern nint any(nint self);

    [DllImport(Library, EntryPoint = "nas_norm")]
    internal static extern nint norm(nint self, double p);

    [DllImport(Library, EntryPoint = "nas_norm_dims")]
    internal static extern nint norm_dims(nint self, long* dims, int dims_count, bool keepdim, double p);

    [DllImport(Library, EntryPoint = "nas_logsumexp")]
    internal static extern nint logsumexp(nint self, long* dims, int dims_count, bool keepdim);

    [DllImport(Library, EntryPoint = "nas_prod")]
    internal static extern nint prod(nint self);
}
