using System.Runtime.InteropServices;

namespace NasEngine.Torch;

internal static partial class NativeMethods
{
    [DllImport(Library, EntryPoint = "nas_add")]
    internal static extern nint add(nint self, nint other, double alpha);

    [DllImport(Library, EntryPoint = "nas_add_scalar")]
    internal static extern nint add_scalar(nint self, Scalar other);

    [DllImport(Library, EntryPoint = "nas_add_")]
    internal static extern int add_(nint self, nint other, double alpha);

    [DllImport(Library, EntryPoint = "nas_add_scalar_")]
    internal static extern int add_scalar_(nint self, Scalar other);

    [DllImport(Library, EntryPoint = "nas_sub")]
    internal static extern nint sub(nint self, nint other, double alpha);

    [DllImport(Library, EntryPoint = "nas_sub_scalar")]
    internal static extern nint sub_scalar(nint self, Scalar other);

    [DllImport(Library, EntryPoint = "nas_sub_")]
    internal static extern int sub_(nint self, nint other, double alpha);

    [DllImport(Library, EntryPoint = "nas_rsub_scalar")]
    internal static extern nint rsub_scalar(nint self, Scalar other);

    [DllImport(Library, EntryPoint = "nas_mul")]
    internal static extern nint mul(nint self, nint other);

    [DllImport(Library, EntryPoint = "nas_mul_scalar")]
    internal static extern nint mul_scalar(nint self, Scalar other);

    [DllImport(Library, EntryPoint = "nas_mul_")]
    internal static extern int mul_(nint self, nint other);

    [DllImport(Library, EntryPoint = "nas_mul_scalar_")]
    internal static extern int mul_scalar_(nint self, Scalar other);

    [DllImport(Library, EntryPoint = "nas_div")]
    internal static extern nint div(nint self, nint other);

    [DllImport(Library, EntryPoint = "nas_div_scalar")]
    internal static extern nint div_scalar(nint self, Scalar other);

    [DllImport(Library, EntryPoint = "nas_div_")]
    internal static extern int div_(nint self, nint other);

    [DllImport(Library, EntryPoint = "nas_div_scalar_")]
    internal static extern int div_scalar_(nint self, Scalar other);

    [DllImport(Library, EntryPoint = "nas_floor_divide")]
    internal static extern nint floor_divide(nint self, Scalar other);

    [DllImport(Library, EntryPoint = "nas_remainder")]
    internal static extern nint remainder(nint self, Scalar other);

    [DllImport(Library, EntryPoint = "nas_pow")]
    internal static extern nint pow(nint self, nint exponent);

    [DllImport(Library, EntryPoint = "nas_pow_scalar")]
    internal static extern nint pow_scalar(nint self, Scalar exponent);

    [DllImport(Library, EntryPoint = "nas_neg")]
    internal static extern nint neg(nint self);

    [DllImport(Library, EntryPoint = "nas_abs")]
    internal static extern nint abs(nint self);

    [DllImport(Library, EntryPoint = "nas_sign")]
    internal static extern nint sign(nint self);

    [DllImport(Library, EntryPoint = "nas_reciprocal")]
    internal static extern nint reciprocal(nint self);

    [DllImport(Library, EntryPoint = "nas_clamp")]
    internal static extern nint clamp(nint self, Scalar min, Scalar max);

    [DllImport(Library, EntryPoint = "nas_clamp_min")]
    internal static extern nint clamp_min(nint self, Scalar min);

    [DllImport(Library, EntryPoint = "nas_clamp_max")]
    internal static extern nint clamp_max(nint self, Scalar max);

    [DllImport(Library, EntryPoint = "nas_clamp_")]
    internal static extern int clamp_(nint self, Scalar min, Scalar max);

    [DllImport(Library, EntryPoint = "nas_lerp")]
    internal static extern nint lerp(nint self, nint end, Scalar weight);

    [DllImport(Library, EntryPoint = "nas_lerp_")]
    internal static extern int lerp_(nint self, nint end, Scalar weight);

    [DllImport(Library, EntryPoint = "nas_addcmul")]
    internal static extern nint addcmul(nint self, nint tensor1, nint tensor2, Scalar value);

    [DllImport(Library, EntryPoint = "nas_addcmul_")]
    internal static extern int addcmul_(nint self, nint tensor1, nint tensor2, Scalar value);

    [DllImport(Library, EntryPoint = "nas_addcdiv")]
    internal static extern nint addcdiv(nint self, nint tensor1, nint tensor2, Scalar value);

    [DllImport(Library, EntryPoint = "nas_addcdiv_")]
    internal static extern int addcdiv_(nint self, nint tensor1, nint tensor2, Scalar value);

    [DllImport(Library, EntryPoint = "nas_zero_")]
    internal static extern int zero_(nint self);

    [DllImport(Library, EntryPoint = "nas_fill_")]
    internal static extern int fill_(nint self, Scalar value);

    [DllImport(Library, EntryPoint = "nas_copy_")]
    internal static extern int copy_(nint self, nint src, bool non_blocking);

    [DllImport(Library, EntryPoint = "nas_uniform_")]
    internal static extern int uniform_(nint self, double from, double to);

    [DllImport(Library, EntryPoint = "nas_normal_")]
    internal static extern int normal_(nint self, double mean, double stddev);

    [DllImport(Library, EntryPoint = "nas_bernoulli_")]
    internal static extern int bernoulli_(nint self, double p);
}
