using System.Buffers;

namespace NasEngine.Numerics.Networks;

/// <summary>A network of dense layers with rectified linear units between them, evaluated forward over batches on one thread.</summary>
/// <remarks>Single precision. Immutable and thread-safe; scratch comes from the array pool.</remarks>
public sealed class MultilayerPerceptron
{
    private readonly PackedLayer[] _layers;
    private readonly int _widest;

    /// <summary>Initializes the network.</summary>
    /// <param name="layers">At least one; each takes as many inputs as the one before it has outputs.</param>
    /// <exception cref="ArgumentException">There is no layer, or the shapes do not fit.</exception>
    public MultilayerPerceptron(IReadOnlyList<DenseLayer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0)
        {
            throw new ArgumentException("A network has at least one layer.", nameof(layers));
        }

        _layers = new PackedLayer[layers.Count];
        for (int index = 0; index < _layers.Length; index++)
        {
            (int weights, int outputs) = (layers[index].Weights.Length, layers[index].Biases.Length);
            int inputs = index > 0 ? _layers[index - 1].Outputs : outputs > 0 ? weights / outputs : 0;
            if (outputs == 0 || inputs == 0 || weights != (long)inputs * outputs)
            {
                throw new ArgumentException($"Layer {index} has {outputs} biases and {weights} weights, which is not [{outputs} × {inputs}].", nameof(layers));
            }

            _layers[index] = new PackedLayer(layers[index].Weights.Span, layers[index].Biases.Span, rectifies: index < _layers.Length - 1);
        }

        _widest = _layers.Max(layer => Math.Max(layer.Inputs, layer.PaddedOutputs));
    }

    /// <summary>Gets the number of inputs.</summary>
    public int Inputs => _layers[0].Inputs;

    /// <summary>Gets the number of outputs.</summary>
    public int Outputs => _layers[^1].Outputs;

    /// <summary>Evaluates rows.</summary>
    /// <param name="inputs">Row-major <c>[n × inputs]</c>.</param>
    /// <param name="outputs">Receives row-major <c>[n × outputs]</c>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        int rows = inputs.Length / Inputs;
        if (inputs.Length != rows * Inputs || outputs.Length != rows * Outputs)
        {
            throw new ArgumentException($"Expected [n × {Inputs}] inputs and [n × {Outputs}] outputs, got {inputs.Length} and {outputs.Length} values.", nameof(inputs));
        }

        int size = _widest * PackedLayer.BatchWidth;
        float[] rented = ArrayPool<float>.Shared.Rent(2 * size);
        for (int first = 0; first < rows; first += PackedLayer.BatchWidth)
        {
            int count = Math.Min(PackedLayer.BatchWidth, rows - first);
            Span<float> from = rented.AsSpan(0, size);
            Span<float> to = rented.AsSpan(size, size);
            Spread(inputs.Slice(first * Inputs, count * Inputs), Inputs, from);
            foreach (PackedLayer layer in _layers)
            {
                layer.Forward(from, to);
                Span<float> swapped = from;
                from = to;
                to = swapped;
            }

            Gather(from, Outputs, outputs.Slice(first * Outputs, count * Outputs));
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    // From row by row to feature by feature; where the batch ends, zeros follow.
    private static void Spread(ReadOnlySpan<float> rows, int features, Span<float> block)
    {
        block[..(features * PackedLayer.BatchWidth)].Clear();
        for (int index = 0; index < rows.Length; index++)
        {
            block[(index % features * PackedLayer.BatchWidth) + (index / features)] = rows[index];
        }
    }

    private static void Gather(ReadOnlySpan<float> block, int features, Span<float> rows)
    {
        for (int index = 0; index < rows.Length; index++)
        {
            rows[index] = block[(index % features * PackedLayer.BatchWidth) + (index / features)];
        }
    }
}
