namespace NasEngine.Training.DataSets;

/// <summary>The five row filters of PNG.</summary>
internal static class PngFilter
{
    /// <summary>Turns a filtered row back, in place.</summary>
    /// <param name="filter">0 none, 1 left, 2 above, 3 mean of both, 4 Paeth.</param>
    /// <param name="row">The filtered row.</param>
    /// <param name="above">The row above, turned back, of the same length; zeros for the first row.</param>
    /// <param name="distance">Bytes from a sample to the same sample of the pixel to the left, at least 1.</param>
    /// <returns><see langword="false"/> if there is no such filter.</returns>
    public static bool Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        if (filter > 4)
        {
            return false;
        }

        for (int i = 0; i < row.Length && filter > 0; i++)
        {
            int left = i >= distance ? row[i - distance] : 0;
            int corner = i >= distance ? above[i - distance] : 0;
            int predicted = filter switch
            {
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                _ => Paeth(left, above[i], corner),
            };
            row[i] = (byte)(row[i] + predicted);
        }

        return true;
    }

    private static int Paeth(int left, int above, int corner)
    {
        int estimate = left + above - corner;
        (int toLeft, int toAbove, int toCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - above), Math.Abs(estimate - corner));
        if (toLeft <= toAbove && toLeft <= toCorner)
        {
            return left;
        }

        return toAbove <= toCorner ? above : corner;
    }
}
