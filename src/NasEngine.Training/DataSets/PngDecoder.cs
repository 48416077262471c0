using System.Buffers.Binary;
using System.IO.Compression;

namespace NasEngine.Training.DataSets;

/// <summary>Decodes PNG files: every colour type, depth, filter and interlace of the PNG specification (third edition), with all sums checked.</summary>
/// <remarks>Alpha and colour corrections are left out; samples of 16 bits keep their upper byte; grey samples below 8 bits are stretched to 0–255.</remarks>
internal static class PngDecoder
{
    /// <summary>The largest file and the most bytes of pixels that are read, so that a false header cannot ask for all memory.</summary>
    private const int LargestFile = 1 << 28;

    private const int HeaderLength = 33;

    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>Reads the sizes alone.</summary>
    public static PngHeader ReadHeader(string path)
    {
        using FileStream file = DataFile.Open(path);
        byte[] start = new byte[Math.Min(HeaderLength, file.Length)];
        DataFile.Fill(file, start, path);
        return ParseHeader(start, file.Length, path);
    }

    /// <summary>Reads and decodes a file.</summary>
    public static DecodedImage Decode(string path)
    {
        byte[] file = DataFile.ReadAll(path, LargestFile);
        PngHeader header = ParseHeader(file, file.Length, path);
        (List<ReadOnlyMemory<byte>> packed, byte[]? palette) = ReadChunks(file, path);
        if (header.ColourType == 3 && palette is null)
        {
            throw DataFile.Damaged(path, "The image has palette colours, but no palette.");
        }

        (int X, int Y, int StepX, int StepY)[] passes = header.Interlaced ? Adam7 : [(0, 0, 1, 1)];
        long length = passes.Sum(pass => PassBytes(header, pass));
        long possible = packed.Sum(part => (long)part.Length) * DataFile.LargestInflation;
        if (length > possible)
        {
            throw DataFile.Damaged(path, $"{header.Width}x{header.Height} pixels need {length} bytes, but the data unpack to at most {possible}.");
        }

        byte[] rows = Inflate(packed, (int)length, path);
        byte[] pixels = new byte[header.Channels * header.Height * header.Width];
        int position = 0;
        foreach ((int X, int Y, int StepX, int StepY) pass in passes)
        {
            position = DecodePass(header, pass, rows, position, palette, pixels, path);
        }

        return new DecodedImage(header.Channels, header.Height, header.Width, pixels);
    }

    private static PngHeader ParseHeader(ReadOnlySpan<byte> start, long fileLength, string path)
    {
        if (!start.StartsWith(Signature))
        {
            bool isJpeg = start.Length > 2 && start[0] == 0xFF && start[1] == 0xD8;
            throw DataFile.Damaged(path, isJpeg ? "This is a JPEG file; images are read as PNG." : "This is no PNG file.");
        }

        if (start.Length < HeaderLength || BinaryPrimitives.ReadInt32BigEndian(start[8..]) != 13 || !start[12..16].SequenceEqual("IHDR"u8))
        {
            throw DataFile.Damaged(path, "The file does not start with a PNG header chunk.");
        }

        CheckSum(start[12..29], BinaryPrimitives.ReadUInt32BigEndian(start[29..]), path, "IHDR");
        (int width, int height) = (BinaryPrimitives.ReadInt32BigEndian(start[16..]), BinaryPrimitives.ReadInt32BigEndian(start[20..]));
        (int depth, int colour, int interlace) = (start[24], start[25], start[28]);
        bool known = colour switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (width < 1 || height < 1 || !known || start[26] != 0 || start[27] != 0 || interlace > 1)
        {
            throw DataFile.Damaged(path, $"The PNG header is not one: {width}x{height}, colour type {colour}, {depth} bits, methods {start[26]}, {start[27]}, {interlace}.");
        }

        PngHeader header = new(width, height, depth, colour, interlace == 1);
        long bits = (long)width * height * header.BitsPerPixel;
        long most = Math.Min(LargestFile, fileLength * DataFile.LargestInflation);
        if ((long)width * height > most / 3 * 8 || bits / 8 > most || (long)width * height > LargestFile / 4)
        {
            throw DataFile.Damaged(path, $"An image of {width}x{height} pixels does not fit a file of {fileLength} bytes; at most {LargestFile / 4} pixels are read.");
        }

        return header;
    }

    private static (List<ReadOnlyMemory<byte>> Packed, byte[]? Palette) ReadChunks(byte[] file, string path)
    {
        List<ReadOnlyMemory<byte>> packed = [];
        byte[]? palette = null;
        for (int at = Signature.Length; ;)
        {
            if (file.Length - at < 12)
            {
                throw DataFile.Damaged(path, "The file ends before its last chunk.");
            }

            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (length < 0 || length > file.Length - at - 12)
            {
                throw DataFile.Damaged(path, $"The chunk at byte {at} names {(uint)length} bytes, more than the file has.");
            }

            string name = System.Text.Encoding.Latin1.GetString(file, at + 4, 4);
            CheckSum(file.AsSpan(at + 4, length + 4), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)), path, name);
            ReadOnlyMemory<byte> content = file.AsMemory(at + 8, length);
            switch (name)
            {
                case "IEND":
                    return (packed, palette);
                case "IDAT":
                    packed.Add(content);
                    break;
                case "PLTE" when length is > 0 and <= 768 && length % 3 == 0:
                    palette = content.ToArray();
                    break;
                case not "IHDR" when char.IsAsciiLetterUpper(name[0]):
                    throw DataFile.Damaged(path, $"The chunk {name} of {length} bytes at byte {at} cannot be read.");
            }

            at += length + 12;
        }
    }

    private static byte[] Inflate(List<ReadOnlyMemory<byte>> packed, int length, string path)
    {
        byte[] joined = new byte[packed.Sum(part => part.Length)];
        int done = 0;
        foreach (ReadOnlyMemory<byte> part in packed)
        {
            part.CopyTo(joined.AsMemory(done));
            done += part.Length;
        }

        using MemoryStream source = new(joined);
        using ZLibStream stream = new(source, CompressionMode.Decompress);
        byte[] rows = new byte[length];
        DataFile.Fill(stream, rows, path);
        DataFile.RequireEnd(stream, path);
        return rows;
    }

    private static (int Width, int Height) PassSize(PngHeader header, (int X, int Y, int StepX, int StepY) pass) =>
        (Math.Max(0, (header.Width - pass.X + pass.StepX - 1) / pass.StepX), Math.Max(0, (header.Height - pass.Y + pass.StepY - 1) / pass.StepY));

    private static long PassBytes(PngHeader header, (int X, int Y, int StepX, int StepY) pass)
    {
        (int width, int height) = PassSize(header, pass);
        return width == 0 ? 0 : height * (1L + header.RowBytes(width));
    }

    private static int DecodePass(
        PngHeader header, (int X, int Y, int StepX, int StepY) pass, byte[] rows, int position, byte[]? palette, Span<byte> pixels, string path)
    {
        (int width, int height) = PassSize(header, pass);
        int rowBytes = header.RowBytes(width);
        Span<byte> above = new byte[rowBytes];
        for (int row = 0; row < height && width > 0; row++)
        {
            Span<byte> line = rows.AsSpan(position + 1, rowBytes);
            if (!PngFilter.Undo(rows[position], line, above, Math.Max(1, header.BitsPerPixel / 8)))
            {
                throw DataFile.Damaged(path, $"A row has the filter {rows[position]}, but filters are 0 to 4.");
            }

            int target = ((pass.Y + (row * pass.StepY)) * header.Width) + pass.X;
            if (!PngSamples.Unpack(header, line, width, palette, pixels, target, pass.StepX))
            {
                throw DataFile.Damaged(path, $"A pixel has a colour that the palette of {palette!.Length / 3} colours does not have.");
            }

            above = line;
            position += rowBytes + 1;
        }

        return position;
    }

    private static void CheckSum(ReadOnlySpan<byte> content, uint expected, string path, string chunk)
    {
        if (Crc32.Of(content) != expected)
        {
            throw DataFile.Damaged(path, $"The sum of the chunk {chunk} does not fit its content.");
        }
    }
}
