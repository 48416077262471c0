using System.Collections.Immutable;

namespace NasEngine.Core.Devices;

/// <summary>One network to measure.</summary>
public sealed class MeasurementItem
{
    private readonly Func<ReadOnlyMemory<byte>> _model;

    /// <summary>Initializes an item from its ONNX file in memory.</summary>
    /// <param name="key">See <see cref="Key"/>; not empty.</param>
    /// <param name="model">The bytes of the ONNX file.</param>
    /// <param name="inputShape">See <see cref="InputShape"/>.</param>
    public MeasurementItem(string key, ReadOnlyMemory<byte> model, ImmutableArray<int> inputShape)
        : this(key, () => model, inputShape)
    {
    }

    /// <summary>Initializes an item whose ONNX file is made when it is needed, so that a long list costs no memory.</summary>
    /// <param name="key">See <see cref="Key"/>; not empty.</param>
    /// <param name="model">Gives the bytes of the ONNX file. May be called more than once and from any thread; a device that replays never calls it.</param>
    /// <param name="inputShape">See <see cref="InputShape"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> is empty, or a size of <paramref name="inputShape"/> is below 1.</exception>
    public MeasurementItem(string key, Func<ReadOnlyMemory<byte>> model, ImmutableArray<int> inputShape)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(model);
        if (inputShape.IsDefaultOrEmpty || inputShape.Any(size => size < 1))
        {
            throw new ArgumentException("An input shape needs at least one size, each at least 1.", nameof(inputShape));
        }

        Key = key;
        _model = model;
        InputShape = inputShape;
    }

    /// <summary>Gets the identity of the network, the same on every machine: what the space and the genotype say, not when or where it was made.</summary>
    public string Key { get; }

    /// <summary>Gets the shape of the network's one input, batch first: <c>[batch, channels, height, width]</c> for images.</summary>
    public ImmutableArray<int> InputShape { get; }

    /// <summary>Gives the bytes of the ONNX file.</summary>
    public ReadOnlyMemory<byte> GetModel() => _model();
}
