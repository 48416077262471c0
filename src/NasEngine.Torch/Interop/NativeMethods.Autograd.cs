using System.Runtime.InteropServices;

namespace NasEngine.Torch;

// The C functions of native/shim_autograd.cpp.
internal static unsafe partial class NativeMethods
{
    [DllImport(Library, EntryPoint = "nas_backward")]
    internal static extern int backward(nint self, nint gradient, bool retainGraph, bool createGraph);

    [DllImport(Library, EntryPoint = "nas_grad")]
    internal static extern int grad(nint self, nint* gradient);

    [DllImport(Library, EntryPoint = "nas_set_grad")]
    internal static extern int set_grad(nint self, nint gradient);

    [DllImport(Library, EntryPoint = "nas_autograd_grad")]
    internal static extern int autograd_grad(nint* outputs, int outputsCount, nint* inputs, int inputsCount, nint* outputGradients, bool retainGraph, bool createGraph, bool allowUnused, nint* gradients);

    [DllImport(Library, EntryPoint = "nas_zero_grad")]
    internal static extern int zero_grad(nint* parameters, int count, bool setToNone);

    [DllImport(Library, EntryPoint = "nas_autocast_enter")]
    internal static extern int autocast_enter(int device, int dtype, bool enabled, bool* wasEnabled, int* wasType);

    [DllImport(Library, EntryPoint = "nas_autocast_exit")]
    internal static extern int autocast_exit(int device, bool wasEnabled, int wasType);

    [DllImport(Library, EntryPoint = "nas_set_num_threads")]
    internal static extern int set_num_threads(int count);

    [DllImport(Library, EntryPoint = "nas_cuda_synchronize")]
    internal static extern int cuda_synchronize(long device);

    [DllImport(Library, EntryPoint = "nas_set_deterministic")]
    internal static extern int set_deterministic(bool enabled);

    [DllImport(Library, EntryPoint = "nas_set_tf32")]
    internal static extern int set_tf32(bool enabled);

    [DllImport(Library, EntryPoint = "nas_set_cudnn_benchmark")]
    internal static extern int set_cudnn_benchmark(bool enabled);

    [DllImport(Library, EntryPoint = "nas_linear")]
    internal static extern nint linear(nint input, nint weight, nint bias);

    [DllImport(Library, EntryPoint = "nas_conv2d")]
    internal static extern nint conv2d(nint input, nint weight, nint bias, long* stride, int strideCount, long* padding, int paddingCount, long* dilation, int dilationCount, long groups);

    [DllImport(Library, EntryPoint = "nas_batch_norm")]
    internal static extern nint batch_norm(nint input, nint weight, nint bias, nint runningMean, nint runningVar, bool training, double momentum, double epsilon, bool cudnn);

    [DllImport(Library, EntryPoint = "nas_layer_norm")]
    internal static extern nint layer_norm(nint input, long* shape, int shapeCount, nint weight, nint bias, double epsilon);

    [DllImport(Library, EntryPoint = "nas_max_pool2d")]
    internal static extern nint max_pool2d(nint input, long* kernel, int kernelCount, long* stride, int strideCount, long* padding, int paddingCount, long* dilation, int dilationCount, bool ceilMode);

    [DllImport(Library, EntryPoint = "nas_avg_pool2d")]
    internal static extern nint avg_pool2d(nint input, long* kernel, int kernelCount, long* stride, int strideCount, long* padding, int paddingCount, bool ceilMode, bool countIncludePad);

    [DllImport(Library, EntryPoint = "nas_adaptive_avg_pool2d")]
    internal static extern nint adaptive_avg_pool2d(nint input, long* size, int sizeCount);

    [DllImport(Library, EntryPoint = "nas_dropout")]
    internal static extern nint dropout(nint input, double p, bool training);

    [DllImport(Library, EntryPoint = "nas_gelu_tanh")]
    internal static extern nint gelu_tanh(nint input);

    [DllImport(Library, EntryPoint = "nas_relu6")]
    internal static extern nint relu6(nint input);

    [DllImport(Library, EntryPoint = "nas_leaky_relu")]
    internal static extern nint leaky_relu(nint input, double slope);

    [DllImport(Library, EntryPoint = "nas_cross_entropy")]
    internal static extern nint cross_entropy(nint input, nint target, nint weight, long reduction, long ignoreIndex, double labelSmoothing);

    [DllImport(Library, EntryPoint = "nas_nll_loss")]
    internal static extern nint nll_loss(nint input, nint target, nint weight, long reduction, long ignoreIndex);

    [DllImport(Library, EntryPoint = "nas_kl_div")]
    internal static extern nint kl_div(nint input, nint target, long reduction, bool logTarget);

    [DllImport(Library, EntryPoint = "nas_mse_loss")]
    internal static extern nint mse_loss(nint input, nint target, long reduction);

    [DllImport(Library, EntryPoint = "nas_smooth_l1_loss")]
    internal static extern nint smooth_l1_loss(nint input, nint target, long reduction, double beta);

    [DllImport(Library, EntryPoint = "nas_embedding")]
    internal static extern nint embedding(nint input, nint weight, long paddingIndex);

    [DllImport(Library, EntryPoint = "nas_one_hot")]
    internal static extern nint one_hot(nint input, long classes);

    [DllImport(Library, EntryPoint = "nas_pad")]
    internal static extern nint pad(nint input, long* padding, int paddingCount, byte* mode, double value);

    [DllImport(Library, EntryPoint = "nas_interpolate")]
    internal static extern nint interpolate(nint input, long* size, int sizeCount, int mode, bool alignCorners);

    [DllImport(Library, EntryPoint = "nas_fake_quantize")]
    internal static extern nint fake_quantize(nint input, nint scale, nint zeroPoint, long axis, long minimum, long maximum);

    [DllImport(Library, EntryPoint = "nas_grad_enabled")]
    internal static extern bool grad_enabled();

    [DllImport(Library, EntryPoint = "nas_set_grad_enabled")]
    internal static extern void set_grad_enabled(bool enabled);

    [DllImport(Library, EntryPoint = "nas_inference_mode_new")]
    internal static extern nint inference_mode_new(bool enabled);

    [DllImport(Library, EntryPoint = "nas_inference_mode_free")]
    internal static extern void inference_mode_free(nint mode);

    [DllImport(Library, EntryPoint = "nas_inference_mode_enabled")]
    internal static extern bool inference_mode_enabled();

    [DllImport(Library, EntryPoint = "nas_get_num_threads")]
    internal static extern int get_num_threads();

    [DllImport(Library, EntryPoint = "nas_cuda_is_available")]
    internal static extern bool cuda_is_available();

    [DllImport(Library, EntryPoint = "nas_cuda_device_count")]
    internal static extern int cuda_device_count();
}
