using NasEngine.Core.Errors;
using NasEngine.Testing;
using NasEngine.Training.DataSets;

namespace NasEngine.UnitTests.Training.DataSets;

internal sealed class CifarBinaryReaderTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("nas-cifar-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void ReadFolder_ElevenBatches_KeepsTheOrderOfTheirNumbers()
    {
        LabelledImages all = DataFixtures.Images(24, 3, 32, 32);
        for (int batch = 0; batch < 11; batch++)
        {
            PaethCifar.WriteBinary(In($"data_batch_{batch + 1}.bin"), all, (2 * batch)..((2 * batch) + 2));
        }

        PaethCifar.WriteBinary(In("test_batch.bin"), all, 22..24);
        File.WriteAllText(In("batches.meta.txt"), "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n");

        ImageDataSet data = new DataSetRegistry(_folder).Open(_folder);

        Assert.That(data.Train.Pixels.ToArray(), Is.EqualTo(all.Pixels[..(22 * 3072)].ToArray()));
        Assert.That(data.Test.Pixels.ToArray(), Is.EqualTo(all.Pixels[(22 * 3072)..].ToArray()));
        Assert.That(data.ClassNames[9], Is.EqualTo("truck"));
    }

    [Test]
    public void ReadFolder_BatchMissingInBetween_NamesIt()
    {
        PaethCifar.WriteBinary(In("data_batch_1.bin"), DataFixtures.Images(2, 3, 32, 32), ..);
        PaethCifar.WriteBinary(In("data_batch_3.bin"), DataFixtures.Images(2, 3, 32, 32), ..);

        Assert.That(() => CifarBinaryReader.ReadFolder(_folder, "x"), Throws.TypeOf<UsageException>().With.Message.Contains("data_batch_2.bin does not exist"));
    }

    [Test]
    public void ReadFolder_TwoLabelBytes_TakesTheFineLabel()
    {
        byte[] record = [19, 99, .. Enumerable.Range(0, 3072).Select(i => (byte)i)];
        File.WriteAllBytes(In("train.bin"), [.. record, .. record]);
        File.WriteAllBytes(In("test.bin"), record);

        ImageDataSet data = CifarBinaryReader.ReadFolder(_folder, "x");

        Assert.That(data.Train.Labels.ToArray(), Is.EqualTo(new[] { 99, 99 }));
        Assert.That(data.Classes, Is.EqualTo(100));
        Assert.That(data.Test.Image(0).ToArray(), Is.EqualTo(record[2..]));
    }

    [Test]
    public void ReadPart_LabelTooHigh_NamesTheImage()
    {
        File.WriteAllBytes(In("a.bin"), [.. new byte[3073], 10, .. new byte[3072]]);

        Assert.That(() => CifarBinaryReader.ReadPart([In("a.bin")], 10, 1), Throws.TypeOf<DamagedFileException>().With.Message.Contains("label of image 1 is 10"));
    }

    [Test]
    public void ReadPart_DamagedInManyWays_IsReadOrRefused()
    {
        PaethCifar.WriteBinary(In("a.bin"), DataFixtures.Images(5, 3, 32, 32), ..);

        Damage.RequireReadOrRefused(File.ReadAllBytes(In("a.bin")), In("b.bin"), path => CifarBinaryReader.ReadPart([path], 10, 1));
    }

    private string In(string name) => Path.Combine(_folder, name);
}
