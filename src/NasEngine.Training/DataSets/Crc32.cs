namespace NasEngine.Training.DataSets;

/// <summary>The checksum of PNG chunks: CRC-32 of ISO 3309, the reflected polynomial 0xEDB88320.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    public static uint Of(ReadOnlySpan<byte> content)
    {
        uint sum = 0xFFFFFFFF;
        foreach (byte value in content)
        {
            sum = Table[(byte)(sum ^ value)] ^ (sum >> 8);
        }

        return ~sum;
    }

    private static uint Entry(int number)
    {
        uint entry = (uint)number;
        for (int bit = 0; bit < 8; bit++)
        {
            entry = (entry & 1) != 0 ? 0xEDB88320 ^ (entry >> 1) : entry >> 1;
        }

        return entry;
    }
}
