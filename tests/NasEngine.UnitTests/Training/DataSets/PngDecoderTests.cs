using System.Buffers.Binary;
using NasEngine.Core.Errors;
using NasEngine.Training.DataSets;

namespace NasEngine.UnitTests.Training.DataSets;

internal sealed class PngDecoderTests
{
    private const int Width = 19;
    private const int Height = 13;

    private string _folder = null!;

    private static IEnumerable<TestCaseData> Kinds() =>
        from kind in new[] { (0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16), (3, 1), (3, 2), (3, 4), (3, 8), (4, 8), (4, 16), (6, 8), (6, 16) }
        from filter in Enumerable.Range(0, 5)
        from interlaced in new[] { false, true }
        select new TestCaseData(kind.Item1, kind.Item2, filter, interlaced);

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("nas-png-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(nameof(Kinds))]
    public void Decode_EveryKindOfImage_GivesTheSamplesWritten(int colourType, int depth, int filter, bool interlaced)
    {
        PngWriter writer = new(Width, Height, colourType, depth, interlaced, filter);
        Random random = new(5);
        int[] samples = [.. Enumerable.Range(0, Width * Height * writer.Samples).Select(_ => random.Next(1 << depth))];
        byte[]? palette = colourType == 3 ? new byte[3 << depth] : null;
        random.NextBytes(palette ?? []);

        DecodedImage image = PngDecoder.Decode(Save(writer.Write(samples, palette)));

        int channels = colourType is 0 or 4 ? 1 : 3;
        int top = (1 << depth) - 1;
        IEnumerable<int> expected =
            from channel in Enumerable.Range(0, channels)
            from pixel in Enumerable.Range(0, Width * Height)
            let sample = samples[(pixel * writer.Samples) + (colourType == 3 ? 0 : channel)]
            select colourType == 3 ? palette![(3 * sample) + channel] : depth == 16 ? sample >> 8 : sample * 255 / top;
        Assert.That((image.Channels, image.Height, image.Width), Is.EqualTo((channels, Height, Width)));
        Assert.That(image.Pixels.Select(value => (int)value), Is.EqualTo(expected));
    }

    [TestCase(1, 1)]
    [TestCase(3, 2)]
    [TestCase(4, 5)]
    public void Decode_SmallerThanAnInterlacePass_GivesTheSamplesWritten(int width, int height)
    {
        int[] samples = [.. Enumerable.Range(0, width * height)];

        DecodedImage image = PngDecoder.Decode(Save(new PngWriter(width, height, 0, 8, Interlaced: true, Filter: 4).Write(samples)));

        Assert.That(image.Pixels.Select(value => (int)value), Is.EqualTo(samples));
    }

    [Test]
    public void Decode_HeaderPromisingGigabytes_IsRefusedBeforeAllocating()
    {
        byte[] file = new PngWriter(Width, Height, 0, 8).Write(new int[Width * Height]);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), 60_000);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), 60_000);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), Crc32.Of(file.AsSpan(12, 17)));
        string path = Save(file);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.That(() => PngDecoder.Decode(path), Throws.TypeOf<DamagedFileException>().With.Message.Contains("60000x60000"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 22));
    }

    [Test]
    public void Decode_FewerRowsThanPromised_SaysHowManyBytesThereAre()
    {
        byte[] file = new PngWriter(Width, Height, 0, 8).Write(new int[Width * Height]);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), Height + 1);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), Crc32.Of(file.AsSpan(12, 17)));

        Assert.That(() => PngDecoder.Decode(Save(file)), Throws.TypeOf<DamagedFileException>().With.Message.Contains("ends after 260 of 280 bytes"));
    }

    [Test]
    public void Decode_ColourOutsideThePalette_SaysSo() =>
        Assert.That(
            () => PngDecoder.Decode(Save(new PngWriter(2, 1, 3, 8).Write([0, 4], new byte[12]))),
            Throws.TypeOf<DamagedFileException>().With.Message.Contains("palette of 4 colours"));

    [Test]
    public void Decode_Jpeg_SaysThatPngIsRead() =>
        Assert.That(() => PngDecoder.Decode(Save([0xFF, 0xD8, 0xFF, 0xE0, .. new byte[60]])), Throws.TypeOf<DamagedFileException>().With.Message.Contains("JPEG"));

    [TestCase(2, 8)]
    [TestCase(3, 4)]
    [TestCase(0, 16)]
    public void Decode_DamagedInManyWays_IsReadOrRefused(int colourType, int depth)
    {
        Random random = new(3);
        PngWriter writer = new(Width, Height, colourType, depth, Interlaced: depth == 4, Filter: 3);
        int[] samples = [.. Enumerable.Range(0, Width * Height * writer.Samples).Select(_ => random.Next(1 << depth))];
        byte[] file = writer.Write(samples, colourType == 3 ? new byte[3 << depth] : null);

        Damage.RequireReadOrRefused(file, Path.Combine(_folder, "image.png"), path => PngDecoder.Decode(path));
    }

    [Test]
    public void Decode_DamagedWithSumsRepaired_IsReadOrRefused()
    {
        Random random = new(4);
        byte[] file = new PngWriter(Width, Height, 2, 8, Interlaced: true, Filter: 4).Write([.. Enumerable.Range(0, Width * Height * 3).Select(_ => random.Next(256))], dataChunks: 1);
        int refused = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            byte[] damaged = [.. file];
            damaged[16 + random.Next(13)] = (byte)random.Next(trial % 2 == 0 ? 8 : 256);
            BinaryPrimitives.WriteUInt32BigEndian(damaged.AsSpan(29), Crc32.Of(damaged.AsSpan(12, 17)));
            refused += Damage.IsRefused(() => PngDecoder.Decode(Save(damaged))) ? 1 : 0;
        }

        Assert.That(refused, Is.InRange(100, 200));
    }

    private string Save(byte[] content)
    {
        string path = Path.Combine(_folder, "image.png");
        File.WriteAllBytes(path, content);
        return path;
    }
}
