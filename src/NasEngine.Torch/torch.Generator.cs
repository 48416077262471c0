namespace NasEngine.Torch;

public static partial class torch
{
    /// <summary>A source of random numbers of its own. Not thread-safe.</summary>
    public sealed class Generator : IDisposable
    {
        private nint _handle;

        /// <summary>Initializes a source.</summary>
        /// <param name="seed">The same seed gives the same numbers.</param>
        /// <param name="device">The device that draws; the processor unless set.</param>
        public Generator(long seed = 0, Device? device = null)
            : this(Create(seed, device ?? CPU))
        {
        }

        private Generator(nint handle) =>
            _handle = handle != 0 ? handle : throw TorchException.FromLastError();

        /// <summary>Frees the source if it was not disposed.</summary>
        ~Generator() => Release();

        internal nint Handle
        {
            get
            {
                ObjectDisposedException.ThrowIf(_handle == 0, this);
                return _handle;
            }
        }

        /// <summary>Starts the numbers anew.</summary>
        /// <returns>This source.</returns>
        public Generator manual_seed(long seed)
        {
            TorchException.ThrowIfFailed(NativeMethods.generator_seed(Handle, unchecked((ulong)seed)));
            return this;
        }

        /// <summary>Copies the state, as bytes.</summary>
        public Tensor get_state() => Tensor.Wrap(NativeMethods.generator_state(Handle));

        /// <summary>Goes back to a copied state.</summary>
        public void set_state(Tensor value)
        {
            TorchException.ThrowIfFailed(NativeMethods.generator_set_state(Handle, Tensor.HandleOf(value)));
            GC.KeepAlive(value);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Release();
            GC.SuppressFinalize(this);
        }

        internal static Generator Default(Device device) =>
            new(NativeMethods.generator_default((int)device.type, device.index));

        private static nint Create(long seed, Device device) =>
            NativeMethods.generator_new(unchecked((ulong)seed), (int)device.type, device.index);

        private void Release()
        {
            if (_handle != 0)
            {
                NativeMethods.generator_free(_handle);
                _handle = 0;
            }
        }
    }
}
