using System.Buffers.Binary;
using System.IO.Compression;
using NasEngine.Core.Randomness;

namespace NasEngine.Testing.Jobs;

/// <summary>An experiment that is carried out in seconds, in a folder of its own: space, recorded latencies of all its networks, drawn images.</summary>
/// <remarks>Everything but the images lies in <see cref="Fixtures"/>; those are drawn, the same on every machine.</remarks>
public sealed class SmallExperiment
{
    /// <summary>The number of rows and columns of an image.</summary>
    private const int Side = 16;
    private const int Classes = 4;

    /// <summary>Makes the experiment's files.</summary>
    /// <param name="folder">The folder to write to; made if it is not there.</param>
    /// <param name="images">How many training images are drawn.</param>
    public SmallExperiment(string folder, int images = 384)
    {
        Folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(Folder);
        foreach (string file in (string[])["small-space.json", "small-experiment.json", "latencies.jsonl"])
        {
            System.IO.File.Copy(Path.Combine(Fixtures, file), Path.Combine(Folder, file), overwrite: true);
        }

        DrawImages(Directory.CreateDirectory(Data).FullName, images);
    }

    /// <summary>Gets the folder of the committed files.</summary>
    public static string Fixtures => RepositoryFiles.PathOf("tests/NasEngine.IntegrationTests/Jobs/fixtures");

    /// <summary>Gets the folder.</summary>
    public string Folder { get; }

    /// <summary>Gets the experiment's file.</summary>
    public string File => Path.Combine(Folder, "small-experiment.json");

    /// <summary>Gets the space's file.</summary>
    public string Space => Path.Combine(Folder, "small-space.json");

    /// <summary>Gets the recorded latencies.</summary>
    public string Recording => Path.Combine(Folder, "latencies.jsonl");

    /// <summary>Gets the folder of the images.</summary>
    public string Data => Path.Combine(Folder, "data");

    // Stripes that run across, down and along both diagonals, at random places and under so much noise that larger networks tell them
    // apart better, and thin enough to be lost at the smallest resolution.
    private static void DrawImages(string folder, int trained)
    {
        foreach ((string stem, int count) in new[] { ("train", trained), ("t10k", 96) })
        {
            Random random = new SeedTree(7).Child(stem).CreateRandom();
            byte[] images = new byte[16 + (count * Side * Side)], labels = new byte[8 + count];
            Header(images, 0x0803, count, Side, Side);
            Header(labels, 0x0801, count);
            for (int image = 0; image < count; image++)
            {
                int label = image % Classes, shift = random.Next(4);
                labels[8 + image] = (byte)label;
                for (int pixel = 0; pixel < Side * Side; pixel++)
                {
                    (int y, int x) = (pixel / Side, pixel % Side);
                    int along = shift + label switch { 0 => y, 1 => x, 2 => x + y, _ => x - y + Side };
                    images[16 + (image * Side * Side) + pixel] = (byte)((along % 4 < 2 ? 60 : 0) + random.Next(196));
                }
            }

            Pack(Path.Combine(folder, $"{stem}-images-idx3-ubyte.gz"), images);
            Pack(Path.Combine(folder, $"{stem}-labels-idx1-ubyte.gz"), labels);
        }
    }

    private static void Header(byte[] file, params int[] values)
    {
        for (int index = 0; index < values.Length; index++)
        {
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 * index), values[index]);
        }
    }

    private static void Pack(string path, byte[] content)
    {
        using GZipStream stream = new(System.IO.File.Create(path), CompressionLevel.Fastest);
        stream.Write(content);
    }
}
