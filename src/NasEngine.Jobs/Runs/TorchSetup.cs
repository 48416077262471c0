using NasEngine.Core.Errors;
using NasEngine.Torch;

namespace NasEngine.Jobs.Runs;

/// <summary>Sets the tensor library up for a run.</summary>
public static class TorchSetup
{
    /// <summary>Gives the device of a text such as <c>cpu</c> or <c>cuda:0</c>.</summary>
    /// <exception cref="UsageException">There is no such device here.</exception>
    public static torch.Device Device(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith("cuda", StringComparison.Ordinal) && !torch.cuda.is_available()
            ? throw new UsageException($"Device '{text}' is not here: the tensor library has no CUDA, or finds no GPU. Use 'cpu', or set LIBTORCH to a libtorch with CUDA.")
            : torch.device(text);
    }

    /// <summary>Gets whether there is a GPU to train on.</summary>
    public static bool HasCuda => torch.cuda.is_available();

    /// <summary>Sets how many threads the processor's kernels use.</summary>
    /// <param name="threads">0 for one on each core.</param>
    public static void UseThreads(int threads) => torch.set_num_threads(threads > 0 ? threads : Environment.ProcessorCount);
}
