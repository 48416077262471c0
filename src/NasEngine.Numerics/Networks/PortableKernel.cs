using System.Numerics;
using System.Runtime.CompilerServices;

namespace NasEngine.Numerics.Networks;

/// <summary>One panel of a dense layer in vectors of any width: four outputs and one vector of rows at a time.</summary>
internal static class PortableKernel
{
    private const int Together = 4;

    /// <summary>Computes the panel.</summary>
    /// <param name="weights"><c>[inputs × outputs]</c>.</param>
    /// <param name="biases"><c>[outputs]</c>.</param>
    /// <param name="source"><c>[inputs × rows]</c>.</param>
    /// <param name="target">Receives <c>[outputs × rows]</c>.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="rectifies">Whether negative sums become 0.</param>
    /// <param name="outputs">The number of outputs; a multiple of 4.</param>
    /// <param name="rows">The number of rows; a multiple of the vector's width.</param>
    public static void Run(ref float weights, ref float biases, ref float source, ref float target, int inputs, bool rectifies, int outputs, int rows)
    {
        for (int output = 0; output < outputs; output += Together)
        {
            for (int row = 0; row < rows; row += Vector<float>.Count)
            {
                Vector<float> first = new(Unsafe.Add(ref biases, output));
                Vector<float> second = new(Unsafe.Add(ref biases, output + 1));
                Vector<float> third = new(Unsafe.Add(ref biases, output + 2));
                Vector<float> fourth = new(Unsafe.Add(ref biases, output + 3));
                for (int input = 0; input < inputs; input++)
                {
                    Vector<float> x = Vector.LoadUnsafe(ref source, (nuint)((input * rows) + row));
                    ref float w = ref Unsafe.Add(ref weights, (input * outputs) + output);
                    first = Vector.FusedMultiplyAdd(new Vector<float>(w), x, first);
                    second = Vector.FusedMultiplyAdd(new Vector<float>(Unsafe.Add(ref w, 1)), x, second);
                    third = Vector.FusedMultiplyAdd(new Vector<float>(Unsafe.Add(ref w, 2)), x, third);
                    fourth = Vector.FusedMultiplyAdd(new Vector<float>(Unsafe.Add(ref w, 3)), x, fourth);
                }

                ref float place = ref Unsafe.Add(ref target, (output * rows) + row);
                Store(first, ref place, rectifies);
                Store(second, ref Unsafe.Add(ref place, rows), rectifies);
                Store(third, ref Unsafe.Add(ref place, 2 * rows), rectifies);
                Store(fourth, ref Unsafe.Add(ref place, 3 * rows), rectifies);
            }
        }
    }

    private static void Store(Vector<float> values, ref float target, bool rectifies) =>
        (rectifies ? Vector.Max(values, Vector<float>.Zero) : values).StoreUnsafe(ref target);
}
