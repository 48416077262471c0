using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NasEngine.Search.Surrogates;

/// <summary>Sums over vectors in lanes of fixed width, so that equal inputs give equal bits whatever the processor has.</summary>
internal static class Lanes
{
    /// <summary>Gives the sum of products of two vectors of one length.</summary>
    public static double Dot(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        ReadOnlySpan<Vector256<double>> a = MemoryMarshal.Cast<double, Vector256<double>>(first);
        ReadOnlySpan<Vector256<double>> b = MemoryMarshal.Cast<double, Vector256<double>>(second[..first.Length]);
        (Vector256<double> even, Vector256<double> odd) = (Vector256<double>.Zero, Vector256<double>.Zero);
        int lane = 0;
        for (; lane + 2 <= a.Length; lane += 2)
        {
            even += a[lane] * b[lane];
            odd += a[lane + 1] * b[lane + 1];
        }

        if (lane < a.Length)
        {
            even += a[lane] * b[lane];
        }

        double sum = Vector256.Sum(even + odd);
        for (int index = a.Length * Vector256<double>.Count; index < first.Length; index++)
        {
            sum += first[index] * second[index];
        }

        return sum;
    }

    /// <summary>Adds a multiple of a vector to another of the same length.</summary>
    public static void AddScaled(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        Span<Vector256<double>> a = MemoryMarshal.Cast<double, Vector256<double>>(target);
        ReadOnlySpan<Vector256<double>> b = MemoryMarshal.Cast<double, Vector256<double>>(source[..target.Length]);
        Vector256<double> by = Vector256.Create(factor);
        for (int lane = 0; lane < a.Length; lane++)
        {
            a[lane] += b[lane] * by;
        }

        for (int index = a.Length * Vector256<double>.Count; index < target.Length; index++)
        {
            target[index] += source[index] * factor;
        }
    }

    /// <summary>Gives the sum of squared differences of two vectors of one length.</summary>
    public static double SquaredDistance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        ReadOnlySpan<Vector256<double>> a = MemoryMarshal.Cast<double, Vector256<double>>(first);
        ReadOnlySpan<Vector256<double>> b = MemoryMarshal.Cast<double, Vector256<double>>(second[..first.Length]);
        Vector256<double> lanes = Vector256<double>.Zero;
        for (int lane = 0; lane < a.Length; lane++)
        {
            Vector256<double> difference = a[lane] - b[lane];
            lanes += difference * difference;
        }

        double sum = Vector256.Sum(lanes);
        for (int index = a.Length * Vector256<double>.Count; index < first.Length; index++)
        {
            sum += (first[index] - second[index]) * (first[index] - second[index]);
        }

        return sum;
    }
}
