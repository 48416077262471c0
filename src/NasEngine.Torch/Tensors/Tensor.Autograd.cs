namespace NasEngine.Torch;

public static partial class torch
{
    // Gradients.
    public sealed partial class Tensor
    {
        /// <summary>Gets the gradient that <see cref="backward"/> added up, or null; set it to null to forget it.</summary>
        /// <remarks>Each read makes a new object for the same gradient, owned by the current dispose scope.</remarks>
        public unsafe Tensor? grad
        {
            get
            {
                nint gradient;
                TorchException.ThrowIfFailed(NativeMethods.grad(Handle, &gradient));
                GC.KeepAlive(this);
                return gradient == 0 ? null : new Tensor(gradient);
            }

            set
            {
                TorchException.ThrowIfFailed(NativeMethods.set_grad(Handle, HandleOrZero(value)));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        /// <summary>Sets whether operations on this tensor are recorded for gradients.</summary>
        /// <returns>This tensor.</returns>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            nint alias = NativeMethods.set_requires_grad(Handle, requires_grad);
            GC.KeepAlive(this);
            if (alias == 0)
            {
                throw TorchException.FromLastError();
            }

            NativeMethods.free(alias);
            return this;
        }

        /// <summary>Adds the gradients of this tensor to <see cref="grad"/> of every leaf that it was made from.</summary>
        /// <param name="gradient">The gradient of this tensor, of its shape; 1 for a single value unless set.</param>
        /// <param name="retain_graph">Whether to keep the history for another pass.</param>
        /// <param name="create_graph">Whether to record this pass, for gradients of gradients; the history is kept then too.</param>
        public void backward(Tensor? gradient = null, bool retain_graph = false, bool create_graph = false) =>
            Same(NativeMethods.backward(Handle, HandleOrZero(gradient), retain_graph || create_graph, create_graph), this, gradient);
    }

    /// <summary>Gradients computed on demand.</summary>
    public static class autograd
    {
        /// <summary>Computes gradients of outputs by inputs without touching <see cref="Tensor.grad"/>.</summary>
        /// <param name="outputs">What is differentiated; summed.</param>
        /// <param name="inputs">By what.</param>
        /// <param name="grad_outputs">The gradient of each output; 1 for single values unless set.</param>
        /// <param name="retain_graph">Whether to keep the history for another pass.</param>
        /// <param name="create_graph">Whether to record this pass, for gradients of gradients; the history is kept then too.</param>
        /// <param name="allow_unused">Whether an input without influence gives null rather than an error.</param>
        /// <returns>One gradient for each input, null only with <paramref name="allow_unused"/>.</returns>
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            nint[] outputHandles = Handles(outputs);
            nint[] inputHandles = Handles(inputs);
            nint[]? seeds = grad_outputs is null ? null : Handles(grad_outputs);
            if (seeds is not null && seeds.Length != outputHandles.Length)
            {
                throw new ArgumentException($"Expected {outputHandles.Length} output gradients, got {seeds.Length}.", nameof(grad_outputs));
            }

            nint[] found = new nint[inputHandles.Length];
            fixed (nint* outputStart = outputHandles, inputStart = inputHandles, seedStart = seeds, foundStart = found)
            {
                TorchException.ThrowIfFailed(NativeMethods.autograd_grad(
                    outputStart, outputHandles.Length, inputStart, inputHandles.Length, seedStart,
                    retain_graph || create_graph, create_graph, allow_unused, foundStart));
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return Array.ConvertAll(found, handle => handle == 0 ? null! : new Tensor(handle));
        }
    }

    /// <summary>Joins tensors along an existing dimension.</summary>
    public static unsafe Tensor cat(IReadOnlyList<Tensor> tensors, long dim = 0)
    {
        nint[] handles = Handles(tensors);
        fixed (nint* start = handles)
        {
            Tensor joined = Tensor.Wrap(NativeMethods.cat(start, handles.Length, dim));
            GC.KeepAlive(tensors);
            return joined;
        }
    }

    /// <summary>Joins tensors of one shape along a new dimension.</summary>
    public static unsafe Tensor stack(IReadOnlyList<Tensor> tensors, long dim = 0)
    {
        nint[] handles = Handles(tensors);
        fixed (nint* start = handles)
        {
            Tensor joined = Tensor.Wrap(NativeMethods.stack(start, handles.Length, dim));
            GC.KeepAlive(tensors);
            return joined;
        }
    }

    /// <summary>Chooses from <paramref name="x"/> where the condition is true, else from <paramref name="y"/>.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y) =>
        Tensor.Wrap(NativeMethods.where(Tensor.HandleOf(condition), Tensor.HandleOf(x), Tensor.HandleOf(y)), condition, x, y);

    private static nint[] Handles(IEnumerable<Tensor> tensors) => [.. tensors.Select(tensor => Tensor.HandleOf(tensor))];
}
