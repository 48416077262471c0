namespace NasEngine.Numerics.Statistics;

/// <summary>Checks the paired spans that the kernels of this folder take.</summary>
internal static class PairedValues
{
    public static void Check(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"Expected two spans of one length, got {first.Length} and {second.Length}.", nameof(second));
        }

        for (int index = 0; index < first.Length; index++)
        {
            if (double.IsNaN(first[index]) || double.IsNaN(second[index]))
            {
                throw new ArgumentException($"Pair {index} has NaN: ({first[index]}, {second[index]}).", nameof(first));
            }
        }
    }
}
