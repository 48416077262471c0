using System.Runtime.InteropServices;

namespace NasEngine.Torch;

/// <summary>Tensors, gradients and optimisers over libtorch, under TorchSharp's names.</summary>
public static partial class torch
{
    /// <summary>Gets the version of the libtorch that the shim was built against, such as <c>1.13.1</c>.</summary>
    public static unsafe string __version__ => Marshal.PtrToStringUTF8((nint)NativeMethods.torch_version())!;

    /// <summary>Gets the number of tensors made and not yet freed, in the whole process.</summary>
    public static long LiveTensors => LiveTensorCount.Value;

    /// <summary>Opens a scope that frees the tensors made in it.</summary>
    /// <returns>The scope; dispose it on the same thread.</returns>
    public static DisposeScope NewDisposeScope() => new();

    /// <summary>Records no history for gradients on this thread until disposed.</summary>
    public static IDisposable no_grad() => set_grad_enabled(false);

    /// <summary>Records history for gradients on this thread until disposed, inside <see cref="no_grad"/> too.</summary>
    public static IDisposable enable_grad() => set_grad_enabled(true);

    /// <summary>Sets whether this thread records history for gradients, until disposed.</summary>
    public static IDisposable set_grad_enabled(bool mode)
    {
        bool before = NativeMethods.grad_enabled();
        NativeMethods.set_grad_enabled(mode);
        return new ThreadMode(() => NativeMethods.set_grad_enabled(before));
    }

    /// <summary>Tells whether this thread records history for gradients.</summary>
    public static bool is_grad_enabled() => NativeMethods.grad_enabled();

    /// <summary>As <see cref="no_grad"/>, faster still: tensors made here can never take part in gradients.</summary>
    public static IDisposable inference_mode(bool mode = true)
    {
        nint guard = NativeMethods.inference_mode_new(mode);
        return new ThreadMode(() => NativeMethods.inference_mode_free(guard));
    }

    /// <summary>Runs matrix products and convolutions of this thread in a lower precision until disposed.</summary>
    /// <param name="device">The device whose operations change.</param>
    /// <param name="dtype"><see cref="ScalarType.BFloat16"/>, or on a GPU also <see cref="ScalarType.Float16"/>; BFloat16 unless set.</param>
    /// <param name="enabled">Whether to change anything.</param>
    /// <remarks>Weights converted once are kept until the outermost scope ends; do not change weights inside it.</remarks>
    public static unsafe IDisposable autocast(Device device, ScalarType dtype = ScalarType.BFloat16, bool enabled = true)
    {
        ArgumentNullException.ThrowIfNull(device);
        int type = (int)device.type;
        bool wasEnabled;
        int wasType;
        TorchException.ThrowIfFailed(NativeMethods.autocast_enter(type, (int)dtype, enabled, &wasEnabled, &wasType));
        (bool enabledBefore, int typeBefore) = (wasEnabled, wasType);
        return new ThreadMode(() => TorchException.ThrowIfFailed(NativeMethods.autocast_exit(type, enabledBefore, typeBefore)));
    }

    /// <summary>Gets the number of threads that one operation may use.</summary>
    public static int get_num_threads() => NativeMethods.get_num_threads();

    /// <summary>Sets the number of threads that one operation may use, in the whole process.</summary>
    /// <param name="num">At least 1.</param>
    public static void set_num_threads(int num)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(num, 1);
        TorchException.ThrowIfFailed(NativeMethods.set_num_threads(num));
    }

    /// <summary>Prefers algorithms that give the same bits on every run, where there is a choice.</summary>
    public static void use_deterministic_algorithms(bool mode) => TorchException.ThrowIfFailed(NativeMethods.set_deterministic(mode));

    /// <summary>GPUs.</summary>
    public static class cuda
    {
        /// <summary>Tells whether libtorch was built for CUDA and finds a GPU.</summary>
        public static bool is_available() => NativeMethods.cuda_is_available();

        /// <summary>Gets the number of GPUs.</summary>
        public static int device_count() => NativeMethods.cuda_device_count();

        /// <summary>Waits until the GPU has done what was asked of it.</summary>
        /// <param name="device">The GPU; the current one unless set.</param>
        public static void synchronize(Device? device = null) =>
            TorchException.ThrowIfFailed(NativeMethods.cuda_synchronize(device?.index ?? -1));

        /// <summary>Sets whether matrix products and convolutions may round their inputs to TF32.</summary>
        public static void allow_tf32(bool allowed) => TorchException.ThrowIfFailed(NativeMethods.set_tf32(allowed));

        /// <summary>Sets whether cuDNN tries its algorithms for each new shape and keeps the fastest.</summary>
        public static void cudnn_benchmark(bool enabled) => TorchException.ThrowIfFailed(NativeMethods.set_cudnn_benchmark(enabled));
    }
}
