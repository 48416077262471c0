namespace NasEngine.Numerics.Sampling;

/// <summary>A stream of random numbers for inner loops: SplitMix64 as a structure, so that every draw is a few instructions in place.</summary>
/// <remarks>
/// The same seed gives the same numbers in any process. Pass it by reference: a copy repeats what the original gives.
/// Not thread-safe. Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014.
/// </remarks>
/// <param name="seed">Any value.</param>
public struct RandomDraws(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Draws 64 bits.</summary>
    public ulong NextBits()
    {
        ulong mixed = _state += 0x9E3779B97F4A7C15UL;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>Draws a number from 0 to below 1.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Draws an integer from 0 to below <paramref name="count"/>, each equally likely.</summary>
    /// <param name="count">At least 1.</param>
    /// <remarks>Lemire: Fast Random Integer Generation in an Interval, 2019.</remarks>
    public int Below(int count)
    {
        ulong product = (NextBits() >> 32) * (uint)count;
        if ((uint)product < (uint)count)
        {
            uint threshold = (uint)-count % (uint)count;
            while ((uint)product < threshold)
            {
                product = (NextBits() >> 32) * (uint)count;
            }
        }

        return (int)(product >> 32);
    }
}
