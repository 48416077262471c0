using System.Runtime.InteropServices;

namespace NasEngine.Torch;

// The C functions of native/shim_optim.cpp.
internal static unsafe partial class NativeMethods
{
    [DllImport(Library, EntryPoint = "nas_adam_step")]
    internal static extern int adam_step(nint* parameters, int count, nint* first, nint* second, nint* third, double* steps, double learningRate, double beta1, double beta2, double epsilon, double weightDecay, bool decoupled, bool maximize);

    [DllImport(Library, EntryPoint = "nas_sgd_step")]
    internal static extern int sgd_step(nint* parameters, int count, nint* buffers, bool* started, double learningRate, double momentum, double dampening, double weightDecay, bool nesterov, bool maximize);

    [DllImport(Library, EntryPoint = "nas_clip_grad_norm")]
    internal static extern int clip_grad_norm(nint* parameters, int count, double maxNorm, double normType, double* total);

    [DllImport(Library, EntryPoint = "nas_clip_grad_value")]
    internal static extern int clip_grad_value(nint* parameters, int count, double limit);
}
