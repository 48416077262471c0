using System.Buffers.Binary;
using NasEngine.Core.Errors;
using NasEngine.Training.DataSets;

namespace NasEngine.UnitTests.Training.DataSets;

internal sealed class IdxReaderTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("nas-idx-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(true)]
    [TestCase(false)]
    public void ReadFolder_FilesWritten_GivesTheSameImages(bool packed)
    {
        LabelledImages train = DataFixtures.Images(40);
        LabelledImages test = DataFixtures.Images(12, seed: 9);
        DataFixtures.WriteIdx(_folder, train, test, packed);

        ImageDataSet data = new DataSetRegistry(_folder).Open(_folder);

        Assert.That(data.Train.Pixels.ToArray(), Is.EqualTo(train.Pixels.ToArray()));
        Assert.That(data.Test.Labels.ToArray(), Is.EqualTo(test.Labels.ToArray()));
        Assert.That((data.Channels, data.Height, data.Width, data.Classes), Is.EqualTo((1, 5, 7, 10)));
    }

    [Test]
    public void ReadFolder_PackedOrNot_HasOneFingerprint()
    {
        string plain = Directory.CreateDirectory(Path.Combine(_folder, "plain")).FullName;
        string packed = Directory.CreateDirectory(Path.Combine(_folder, "packed")).FullName;
        DataFixtures.WriteIdx(plain, DataFixtures.Images(40), DataFixtures.Images(12), packed: false);
        DataFixtures.WriteIdx(packed, DataFixtures.Images(40), DataFixtures.Images(12), packed: true);

        Assert.That(IdxReader.ReadFolder(plain, "a").Fingerprint, Is.EqualTo(IdxReader.ReadFolder(packed, "b").Fingerprint));
    }

    [Test]
    public void ReadFolder_LabelFarFromTheOthers_NamesTheClassWithoutImages()
    {
        DataFixtures.WriteIdx(_folder, DataFixtures.Images(40), DataFixtures.Images(12), packed: false);
        byte[] labels = new byte[40];
        labels[3] = 200;
        File.WriteAllBytes(Path.Combine(_folder, "train-labels-idx1-ubyte"), DataFixtures.Idx(labels, 40));

        Assert.That(() => IdxReader.ReadFolder(_folder, "x"), Throws.TypeOf<DamagedFileException>().With.Message.Contains("201 classes, but no image is of class 1"));
    }

    [Test]
    public void ReadPart_GzipThatPromisesMoreThanItCanHold_IsRefusedBeforeAllocating()
    {
        string images = Save("images", DataFixtures.Gzip(DataFixtures.Idx(new byte[100], 2_000_000, 30, 30)));
        string labels = Save("labels", DataFixtures.Idx(new byte[2], 2));
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.That(() => IdxReader.ReadPart(images, labels), Throws.TypeOf<DamagedFileException>().With.Message.Contains("promises 1800000000 bytes"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 22));
    }

    [Test]
    public void ReadPart_GzipThatGoesOnAfterItsPromise_IsRefused()
    {
        byte[] packed = DataFixtures.Gzip(DataFixtures.Idx(new byte[1 << 20], 2, 5, 5));
        string images = Save("images", packed);
        BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(packed.Length - 4), 16 + 50);
        string lying = Save("lying", packed);

        Assert.That(() => IdxReader.ReadPart(images, images), Throws.TypeOf<DamagedFileException>().With.Message.Contains("does not end with that size"));
        Assert.That(() => IdxReader.ReadPart(lying, images), Throws.TypeOf<DamagedFileException>().With.Message.Contains("goes on").Or.Message.Contains("unpack"));
    }

    [Test]
    public void ReadPart_FewerLabelsThanImages_NamesBoth()
    {
        string images = Save("images", DataFixtures.Idx(new byte[75], 3, 5, 5));
        string labels = Save("labels", DataFixtures.Idx(new byte[2], 2));

        Assert.That(() => IdxReader.ReadPart(images, labels), Throws.TypeOf<DamagedFileException>().With.Message.Contains("2 labels").And.Message.Contains("3 images"));
    }

    [Test]
    public void ReadPart_NoSuchFile_SaysSo() =>
        Assert.That(() => IdxReader.ReadPart(Path.Combine(_folder, "none"), "none"), Throws.TypeOf<UsageException>().With.Message.Contains("does not exist"));

    [TestCase(true)]
    [TestCase(false)]
    public void ReadPart_DamagedInManyWays_IsReadOrRefused(bool packed)
    {
        LabelledImages part = DataFixtures.Images(30);
        byte[] images = DataFixtures.Idx(part.Pixels.ToArray(), 30, 5, 7);
        string labels = Save("labels", DataFixtures.Idx(new byte[30], 30));

        Damage.RequireReadOrRefused(packed ? DataFixtures.Gzip(images) : images, Path.Combine(_folder, "images"), path => IdxReader.ReadPart(path, labels));
    }

    [Test]
    public void ReadPart_GzipCutInItsSums_IsRefused([Range(1, 8)] int missing)
    {
        byte[] images = DataFixtures.Gzip(DataFixtures.Idx(DataFixtures.Images(30).Pixels.ToArray(), 30, 5, 7));
        string labels = Save("labels", DataFixtures.Idx(new byte[30], 30));

        Assert.That(() => IdxReader.ReadPart(Save("images", images[..^missing]), labels), Throws.TypeOf<DamagedFileException>());
    }

    private string Save(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
