using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NasEngine.Core.Randomness;

/// <summary>Gives every use of randomness its own seed, by name, so that adding one use never changes another.</summary>
/// <remarks>
/// A child's seed is taken from SHA-256 over the parent's seed and the child's name: the same in any process and on any machine.
/// Immutable and thread-safe.
/// </remarks>
public sealed class SeedTree
{
    /// <summary>Initializes the root of a tree.</summary>
    /// <param name="seed">The seed a user gives; any value.</param>
    public SeedTree(long seed) => Seed = seed;

    /// <summary>Gets the seed of this node.</summary>
    public long Seed { get; }

    /// <summary>Gives the node for a named use.</summary>
    /// <param name="name">What the randomness is for, such as <c>train</c>.</param>
    public SeedTree Child(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        byte[] text = Encoding.UTF8.GetBytes(name);
        byte[] input = new byte[8 + text.Length];
        BinaryPrimitives.WriteInt64LittleEndian(input, Seed);
        text.CopyTo(input, 8);
        return new SeedTree(BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(input)));
    }

    /// <summary>Gives the node for a numbered use, such as a training step.</summary>
    public SeedTree Child(long number) => Child(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Creates a generator that starts at this node's seed.</summary>
    public Random CreateRandom() => new SeededRandom((ulong)Seed);
}
