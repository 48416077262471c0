using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using NasEngine.Training.DataSets;

namespace NasEngine.UnitTests.Training.DataSets;

/// <summary>Writes PNG files of any colour type, depth, filter and interlace from samples.</summary>
internal sealed record PngWriter(int Width, int Height, int ColourType, int Depth, bool Interlaced = false, int Filter = 0)
{
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public int Samples => ColourType switch { 0 or 3 => 1, 4 => 2, 2 => 3, _ => 4 };

    /// <summary>Gives the file of an image, <c>samples[(y · width + x) · perPixel + s]</c>, below 2^depth.</summary>
    public byte[] Write(int[] samples, byte[]? palette = null, int dataChunks = 2)
    {
        using MemoryStream file = new();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        (header[8], header[9], header[12]) = ((byte)Depth, (byte)ColourType, (byte)(Interlaced ? 1 : 0));
        Chunk(file, "IHDR", header);
        Chunk(file, "tEXt", Encoding.Latin1.GetBytes("Title\0made by a test"));
        if (palette is not null)
        {
            Chunk(file, "PLTE", palette);
        }

        byte[] packed = Pack(samples);
        int share = (packed.Length + dataChunks - 1) / dataChunks;
        foreach (byte[] part in packed.Chunk(share))
        {
            Chunk(file, "IDAT", part);
        }

        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, string name, byte[] content)
    {
        byte[] chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        Encoding.Latin1.GetBytes(name, chunk.AsSpan(4));
        content.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(content.Length + 8), Crc32.Of(chunk.AsSpan(4, content.Length + 4)));
        file.Write(chunk);
    }

    private byte[] Pack(int[] samples)
    {
        using MemoryStream packed = new();
        using (ZLibStream stream = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach ((int X, int Y, int StepX, int StepY) pass in Interlaced ? Adam7 : [(0, 0, 1, 1)])
            {
                byte[]? above = null;
                for (int y = pass.Y; y < Height && pass.X < Width; y += pass.StepY)
                {
                    int[] line = [.. Enumerable.Range(0, Width).Where(x => x >= pass.X && (x - pass.X) % pass.StepX == 0).SelectMany(x => samples.Skip(((y * Width) + x) * Samples).Take(Samples))];
                    byte[] row = Bits(line);
                    stream.WriteByte((byte)Filter);
                    stream.Write(Filtered(row, above ?? new byte[row.Length]));
                    above = row;
                }
            }
        }

        return packed.ToArray();
    }

    private byte[] Bits(int[] line)
    {
        byte[] row = new byte[((line.Length * Depth) + 7) / 8];
        for (int i = 0; i < line.Length * Depth; i++)
        {
            int bit = (line[i / Depth] >> (Depth - 1 - (i % Depth))) & 1;
            row[i / 8] |= (byte)(bit << (7 - (i % 8)));
        }

        return row;
    }

    private byte[] Filtered(byte[] row, byte[] above)
    {
        int distance = Math.Max(1, Samples * Depth / 8);
        return [.. row.Select((value, i) =>
        {
            int a = i < distance ? 0 : row[i - distance];
            int b = above[i];
            int c = i < distance ? 0 : above[i - distance];
            int nearest = new[] { a, b, c }.MinBy(candidate => Math.Abs(a + b - c - candidate));
            return (byte)(value - Filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => nearest });
        })];
    }
}
