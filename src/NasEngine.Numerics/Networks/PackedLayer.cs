using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NasEngine.Numerics.Networks;

/// <summary>A dense layer whose weights lie as its kernel reads them: outputs in panels, each with all inputs, input by input.</summary>
/// <remarks>
/// Values lie feature by feature, <see cref="BatchWidth"/> rows of the batch side by side, so that the output of a layer is the input of
/// the next without a move. A kernel holds one panel times that many rows in registers: 12 × 32 with 512-bit vectors, less without.
/// </remarks>
internal sealed class PackedLayer
{
    /// <summary>The number of rows that are computed side by side.</summary>
    public const int BatchWidth = 32;

    private const int Panel = 12;

    private readonly float[] _weights;
    private readonly float[] _biases;
    private readonly bool _rectifies;

    /// <summary>Packs a layer.</summary>
    /// <param name="weights">Row-major <c>[outputs × inputs]</c>.</param>
    /// <param name="biases"><c>[outputs]</c>.</param>
    /// <param name="rectifies">Whether negative outputs become 0.</param>
    public PackedLayer(ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, bool rectifies)
    {
        (Outputs, Inputs, _rectifies) = (biases.Length, weights.Length / biases.Length, rectifies);
        int panels = (Outputs + Panel - 1) / Panel;
        _weights = new float[panels * Panel * Inputs];
        _biases = new float[panels * Panel];
        biases.CopyTo(_biases);
        for (int output = 0; output < Outputs; output++)
        {
            for (int input = 0; input < Inputs; input++)
            {
                _weights[((((output / Panel) * Inputs) + input) * Panel) + (output % Panel)] = weights[(output * Inputs) + input];
            }
        }
    }

    /// <summary>Gets the number of inputs.</summary>
    public int Inputs { get; }

    /// <summary>Gets the number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>Gets the number of outputs that are computed: whole panels.</summary>
    public int PaddedOutputs => _biases.Length;

    /// <summary>Computes the layer for <see cref="BatchWidth"/> rows.</summary>
    /// <param name="input"><c>[inputs × 32]</c>.</param>
    /// <param name="output">Receives <c>[padded outputs × 32]</c>.</param>
    public void Forward(ReadOnlySpan<float> input, Span<float> output)
    {
        ref float source = ref MemoryMarshal.GetReference(input[..(Inputs * BatchWidth)]);
        ref float target = ref MemoryMarshal.GetReference(output[..(PaddedOutputs * BatchWidth)]);
        for (int first = 0; first < PaddedOutputs; first += Panel)
        {
            ref float weights = ref _weights[first * Inputs];
            ref float biases = ref _biases[first];
            ref float panel = ref Unsafe.Add(ref target, first * BatchWidth);
            if (Vector512.IsHardwareAccelerated)
            {
                WideKernel.Run(ref weights, ref biases, ref source, ref panel, Inputs, _rectifies);
            }
            else
            {
                PortableKernel.Run(ref weights, ref biases, ref source, ref panel, Inputs, _rectifies, Panel, BatchWidth);
            }
        }
    }
}
