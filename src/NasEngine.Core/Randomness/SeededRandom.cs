using System.Buffers.Binary;

namespace NasEngine.Core.Randomness;

/// <summary>SplitMix64 behind <see cref="Random"/>: all 64 bits of the seed count, and the sequence does not depend on the framework's version.</summary>
/// <remarks>Not thread-safe. Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014.</remarks>
internal sealed class SeededRandom(ulong state) : Random(0)
{
    private ulong _state = state;

    public override int Next() => (int)(Step() >> 33) is int value && value != int.MaxValue ? value : Next();

    public override int Next(int maxValue) => Next(0, maxValue);

    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return (int)(minValue + (long)Below((ulong)((long)maxValue - minValue)));
    }

    public override long NextInt64() => (long)(Step() >> 1) is long value && value != long.MaxValue ? value : NextInt64();

    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return minValue + (long)Below((ulong)(maxValue - minValue));
    }

    public override double NextDouble() => (Step() >> 11) * (1.0 / (1UL << 53));

    public override float NextSingle() => (Step() >> 40) * (1.0f / (1 << 24));

    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    public override void NextBytes(Span<byte> buffer)
    {
        Span<byte> word = stackalloc byte[8];
        while (buffer.Length > 0)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, Step());
            int taken = Math.Min(8, buffer.Length);
            word[..taken].CopyTo(buffer);
            buffer = buffer[taken..];
        }
    }

    protected override double Sample() => NextDouble();

    // Lemire's multiplication; the rejected part keeps every value equally likely.
    private ulong Below(ulong range)
    {
        if (range == 0)
        {
            return 0;
        }

        ulong high = Math.BigMul(Step(), range, out ulong low);
        if (low < range)
        {
            ulong threshold = (0 - range) % range;
            while (low < threshold)
            {
                high = Math.BigMul(Step(), range, out low);
            }
        }

        return high;
    }

    private ulong Step()
    {
        ulong mixed = _state += 0x9E3779B97F4A7C15UL;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }
}
