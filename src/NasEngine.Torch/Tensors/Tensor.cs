using System.Runtime.CompilerServices;

namespace NasEngine.Torch;

public static partial class torch
{
    /// <summary>An array of numbers on a device, with its history for gradients.</summary>
    /// <remarks>
    /// Owned by the dispose scope open on its thread when it was made, or, without one, freed by <see cref="Dispose"/>
    /// or by the garbage collector. Not thread-safe; different tensors may be used on different threads.
    /// Operations throw <see cref="TorchException"/> with libtorch's message.
    /// </remarks>
    public sealed partial class Tensor : IDisposable
    {
        private nint _handle;
        private LeakGuard? _guard;

        internal Tensor(nint handle)
        {
            _handle = handle;
            LiveTensorCount.Increment();
            if (NasEngine.Torch.DisposeScope.Current is { } scope)
            {
                scope.Add(this);
            }
            else
            {
                Guard();
            }
        }

        /// <summary>Gets whether the tensor was freed.</summary>
        public bool IsDisposed => _handle == 0;

        /// <summary>The native tensor; it lives as long as this object is neither disposed nor collected.</summary>
        internal nint Handle
        {
            get
            {
                nint handle = _handle;
                if (handle == 0)
                {
                    ThrowDisposed();
                }

                return handle;
            }
        }

        /// <summary>The scope that frees this tensor, and its position there.</summary>
        internal DisposeScope? Scope { get; set; }

        internal int ScopePosition { get; set; }

        /// <summary>Frees the tensor. Its storage goes once no view and no gradient history needs it.</summary>
        public void Dispose()
        {
            if (_handle == 0)
            {
                return;
            }

            Scope?.Remove(this);
            Free();
        }

        /// <summary>Hands the tensor to the next outer scope, or to nobody if there is none.</summary>
        /// <returns>This tensor.</returns>
        public Tensor MoveToOuterDisposeScope()
        {
            Scope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes the tensor out of its scope: it then lives until it is disposed or collected.</summary>
        /// <returns>This tensor.</returns>
        public Tensor DetachFromDisposeScope()
        {
            Scope?.Detach(this);
            return this;
        }

        /// <summary>Frees the native tensor; the scope has let go of it already.</summary>
        internal void Free()
        {
            nint handle = _handle;
            _handle = 0;
            _guard?.Dispose();
            _guard = null;
            NativeMethods.free(handle);
            LiveTensorCount.Decrement();
        }

        /// <summary>Lets the garbage collector free the native tensor, for tensors that no scope owns.</summary>
        internal void Guard() => _guard ??= new LeakGuard(_handle);

        /// <summary>Takes the tensor back from the garbage collector, for a scope to own.</summary>
        internal void Unguard()
        {
            _guard?.Dispose();
            _guard = null;
        }

        internal static nint HandleOf(Tensor? tensor, [CallerArgumentExpression(nameof(tensor))] string? name = null)
        {
            if (tensor is null)
            {
                throw new ArgumentNullException(name);
            }

            return tensor.Handle;
        }

        internal static nint HandleOrZero(Tensor? tensor) => tensor is null ? 0 : tensor.Handle;

        /// <summary>Takes over a result; the operands are named here so that they outlive the native call.</summary>
        internal static Tensor Wrap(nint handle, Tensor? a = null, Tensor? b = null, Tensor? c = null)
        {
            GC.KeepAlive(a);
            GC.KeepAlive(b);
            GC.KeepAlive(c);
            if (handle == 0)
            {
                throw TorchException.FromLastError();
            }

            return new Tensor(handle);
        }

        private static Tensor Same(int status, Tensor self, Tensor? b = null, Tensor? c = null)
        {
            GC.KeepAlive(self);
            GC.KeepAlive(b);
            GC.KeepAlive(c);
            TorchException.ThrowIfFailed(status);
            return self;
        }

        private static void ThrowDisposed() =>
            throw new ObjectDisposedException(nameof(Tensor), "The tensor was disposed, by itself or with its dispose scope.");
    }

    private static Tensor Of(Tensor? input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input;
    }
}
