using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NasEngine.Numerics.Networks;

/// <summary>One panel of a dense layer in 512-bit registers: 12 outputs times 32 rows of the batch, written out so that all sums stay there.</summary>
internal static class WideKernel
{
    private const int Outputs = 12;

    /// <summary>Computes the panel.</summary>
    /// <param name="weights"><c>[inputs × 12]</c>.</param>
    /// <param name="biases"><c>[12]</c>.</param>
    /// <param name="source"><c>[inputs × 32]</c>.</param>
    /// <param name="target">Receives <c>[12 × 32]</c>.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="rectifies">Whether negative sums become 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // called too seldom for the tiers to notice it in time
    public static void Run(ref float weights, ref float biases, ref float source, ref float target, int inputs, bool rectifies)
    {
        Vector512<float> a0 = Vector512.Create(Unsafe.Add(ref biases, 0));
        Vector512<float> b0 = a0;
        Vector512<float> a1 = Vector512.Create(Unsafe.Add(ref biases, 1));
        Vector512<float> b1 = a1;
        Vector512<float> a2 = Vector512.Create(Unsafe.Add(ref biases, 2));
        Vector512<float> b2 = a2;
        Vector512<float> a3 = Vector512.Create(Unsafe.Add(ref biases, 3));
        Vector512<float> b3 = a3;
        Vector512<float> a4 = Vector512.Create(Unsafe.Add(ref biases, 4));
        Vector512<float> b4 = a4;
        Vector512<float> a5 = Vector512.Create(Unsafe.Add(ref biases, 5));
        Vector512<float> b5 = a5;
        Vector512<float> a6 = Vector512.Create(Unsafe.Add(ref biases, 6));
        Vector512<float> b6 = a6;
        Vector512<float> a7 = Vector512.Create(Unsafe.Add(ref biases, 7));
        Vector512<float> b7 = a7;
        Vector512<float> a8 = Vector512.Create(Unsafe.Add(ref biases, 8));
        Vector512<float> b8 = a8;
        Vector512<float> a9 = Vector512.Create(Unsafe.Add(ref biases, 9));
        Vector512<float> b9 = a9;
        Vector512<float> a10 = Vector512.Create(Unsafe.Add(ref biases, 10));
        Vector512<float> b10 = a10;
        Vector512<float> a11 = Vector512.Create(Unsafe.Add(ref biases, 11));
        Vector512<float> b11 = a11;
        for (int input = 0; input < inputs; input++)
        {
            Vector512<float> x = Vector512.LoadUnsafe(ref source);
            Vector512<float> y = Vector512.LoadUnsafe(ref source, (nuint)Vector512<float>.Count);
            Vector512<float> w;
            w = Vector512.Create(Unsafe.Add(ref weights, 0));
            a0 = Vector512.FusedMultiplyAdd(w, x, a0);
            b0 = Vector512.FusedMultiplyAdd(w, y, b0);
            w = Vector512.Create(Unsafe.Add(ref weights, 1));
            a1 = Vector512.FusedMultiplyAdd(w, x, a1);
            b1 = Vector512.FusedMultiplyAdd(w, y, b1);
            w = Vector512.Create(Unsafe.Add(ref weights, 2));
            a2 = Vector512.FusedMultiplyAdd(w, x, a2);
            b2 = Vector512.FusedMultiplyAdd(w, y, b2);
            w = Vector512.Create(Unsafe.Add(ref weights, 3));
            a3 = Vector512.FusedMultiplyAdd(w, x, a3);
            b3 = Vector512.FusedMultiplyAdd(w, y, b3);
            w = Vector512.Create(Unsafe.Add(ref weights, 4));
            a4 = Vector512.FusedMultiplyAdd(w, x, a4);
            b4 = Vector512.FusedMultiplyAdd(w, y, b4);
            w = Vector512.Create(Unsafe.Add(ref weights, 5));
            a5 = Vector512.FusedMultiplyAdd(w, x, a5);
            b5 = Vector512.FusedMultiplyAdd(w, y, b5);
            w = Vector512.Create(Unsafe.Add(ref weights, 6));
            a6 = Vector512.FusedMultiplyAdd(w, x, a6);
            b6 = Vector512.FusedMultiplyAdd(w, y, b6);
            w = Vector512.Create(Unsafe.Add(ref weights, 7));
            a7 = Vector512.FusedMultiplyAdd(w, x, a7);
            b7 = Vector512.FusedMultiplyAdd(w, y, b7);
            w = Vector512.Create(Unsafe.Add(ref weights, 8));
            a8 = Vector512.FusedMultiplyAdd(w, x, a8);
            b8 = Vector512.FusedMultiplyAdd(w, y, b8);
            w = Vector512.Create(Unsafe.Add(ref weights, 9));
            a9 = Vector512.FusedMultiplyAdd(w, x, a9);
            b9 = Vector512.FusedMultiplyAdd(w, y, b9);
            w = Vector512.Create(Unsafe.Add(ref weights, 10));
            a10 = Vector512.FusedMultiplyAdd(w, x, a10);
            b10 = Vector512.FusedMultiplyAdd(w, y, b10);
            w = Vector512.Create(Unsafe.Add(ref weights, 11));
            a11 = Vector512.FusedMultiplyAdd(w, x, a11);
            b11 = Vector512.FusedMultiplyAdd(w, y, b11);
            weights = ref Unsafe.Add(ref weights, Outputs);
            source = ref Unsafe.Add(ref source, 2 * Vector512<float>.Count);
        }

        Store(a0, b0, ref target, 0, rectifies);
        Store(a1, b1, ref target, 1, rectifies);
        Store(a2, b2, ref target, 2, rectifies);
        Store(a3, b3, ref target, 3, rectifies);
        Store(a4, b4, ref target, 4, rectifies);
        Store(a5, b5, ref target, 5, rectifies);
        Store(a6, b6, ref target, 6, rectifies);
        Store(a7, b7, ref target, 7, rectifies);
        Store(a8, b8, ref target, 8, rectifies);
        Store(a9, b9, ref target, 9, rectifies);
        Store(a10, b10, ref target, 10, rectifies);
        Store(a11, b11, ref target, 11, rectifies);
    }

    private static void Store(Vector512<float> left, Vector512<float> right, ref float target, int output, bool rectifies)
    {
        nuint place = (nuint)(output * 2 * Vector512<float>.Count);
        (rectifies ? Vector512.Max(left, Vector512<float>.Zero) : left).StoreUnsafe(ref target, place);
        (rectifies ? Vector512.Max(right, Vector512<float>.Zero) : right).StoreUnsafe(ref target, place + (nuint)Vector512<float>.Count);
    }
}
