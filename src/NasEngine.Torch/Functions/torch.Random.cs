namespace NasEngine.Torch;

// Random numbers. Without a generator, the default one of the device is used.
public static partial class torch
{
    /// <summary>Starts the random numbers of every device anew.</summary>
    /// <param name="seed">The same seed gives the same numbers on the same kind of device.</param>
    public static void manual_seed(long seed) => TorchException.ThrowIfFailed(NativeMethods.manual_seed(unchecked((ulong)seed)));

    /// <summary>Copies the state of the processor's random numbers: bytes to hand to <see cref="set_rng_state"/>.</summary>
    public static Tensor get_rng_state()
    {
        using Generator generator = Generator.Default(CPU);
        return generator.get_state();
    }

    /// <summary>Takes the processor's random numbers back to a copied state.</summary>
    public static void set_rng_state(Tensor new_state)
    {
        using Generator generator = Generator.Default(CPU);
        generator.set_state(new_state);
    }

    /// <summary>Draws uniformly from 0 up to but not including 1.</summary>
    public static unsafe Tensor rand(ReadOnlySpan<long> size, ScalarType dtype = ScalarType.Float32, Device? device = null, bool requires_grad = false, Generator? generator = null)
    {
        Device place = device ?? CPU;
        fixed (long* start = size)
        {
            Tensor made = Tensor.Wrap(NativeMethods.rand(start, size.Length, (int)dtype, (int)place.type, place.index, generator?.Handle ?? 0));
            GC.KeepAlive(generator);
            return requires_grad ? made.requires_grad_() : made;
        }
    }

    /// <summary>Draws from the standard normal distribution.</summary>
    public static unsafe Tensor randn(ReadOnlySpan<long> size, ScalarType dtype = ScalarType.Float32, Device? device = null, bool requires_grad = false, Generator? generator = null)
    {
        Device place = device ?? CPU;
        fixed (long* start = size)
        {
            Tensor made = Tensor.Wrap(NativeMethods.randn(start, size.Length, (int)dtype, (int)place.type, place.index, generator?.Handle ?? 0));
            GC.KeepAlive(generator);
            return requires_grad ? made.requires_grad_() : made;
        }
    }

    /// <summary>Draws whole numbers uniformly from <paramref name="low"/> up to but not including <paramref name="high"/>.</summary>
    public static unsafe Tensor randint(long low, long high, ReadOnlySpan<long> size, ScalarType dtype = ScalarType.Int64, Device? device = null, Generator? generator = null)
    {
        Device place = device ?? CPU;
        fixed (long* start = size)
        {
            Tensor made = Tensor.Wrap(NativeMethods.randint(low, high, start, size.Length, (int)dtype, (int)place.type, place.index, generator?.Handle ?? 0));
            GC.KeepAlive(generator);
            return made;
        }
    }

    /// <summary>Draws an order of the numbers from 0 to <paramref name="n"/> - 1.</summary>
    public static Tensor randperm(long n, ScalarType dtype = ScalarType.Int64, Device? device = null, Generator? generator = null)
    {
        Device place = device ?? CPU;
        Tensor made = Tensor.Wrap(NativeMethods.randperm(n, (int)dtype, (int)place.type, place.index, generator?.Handle ?? 0));
        GC.KeepAlive(generator);
        return made;
    }

    /// <summary>Draws uniformly from 0 to 1 in the shape, type and device of another tensor.</summary>
    public static Tensor rand_like(Tensor input) => Tensor.Wrap(NativeMethods.rand_like(Tensor.HandleOf(input)), input);

    /// <summary>Draws normally in the shape, type and device of another tensor.</summary>
    public static Tensor randn_like(Tensor input) => Tensor.Wrap(NativeMethods.randn_like(Tensor.HandleOf(input)), input);
}
