using NasEngine.Testing;
using NasEngine.Training.DataSets;

namespace NasEngine.ReferenceTests.DataSets;

internal sealed class RealDataSetTests
{
    private const string FashionMnist = "/usr/share/datasets/fashion-mnist";

    [Test]
    public async Task FashionMnist_Fetched_HasThePublishedStatistics()
    {
        if (!Directory.Exists(FashionMnist))
        {
            Assert.Ignore($"{FashionMnist} is absent; the Debian package dataset-fashion-mnist brings it.");
        }

        string root = Directory.CreateTempSubdirectory("nas-data-").FullName;
        List<string> said = [];
        DataFetcher fetcher = new(root, said.Add);
        await fetcher.FetchAsync("fashion-mnist", CancellationToken.None);
        ImageDataSet data = new DataSetRegistry(root).Open("fashion-mnist");
        await fetcher.FetchAsync("fashion-mnist", CancellationToken.None);

        Assert.That((data.Train.Count, data.Test.Count, data.Height, data.Width, data.Classes), Is.EqualTo((60_000, 10_000, 28, 28, 10)));
        Assert.That(data.Mean[0], Is.EqualTo(0.2860).Within(5e-5));
        Assert.That(data.StandardDeviation[0], Is.EqualTo(0.3530).Within(5e-5));
        Assert.That(data.Train.Labels.ToArray().CountBy(label => label).Select(pair => pair.Value), Is.All.EqualTo(6_000));
        Assert.That(said[^1], Does.Contain("already"));
        Assert.That(Directory.GetFileSystemEntries(root), Has.Length.EqualTo(1));
        Directory.Delete(root, recursive: true);
    }

    [Test]
    public void Cifar10_WrittenAsBinaries_IsReadBack()
    {
        LabelledImages test = PaethCifar.Read(SharedData.FindOrIgnore("datasets/cifar10/cifar10_test_2000.paeth.zlib"), 2_000);
        string folder = Directory.CreateTempSubdirectory("nas-cifar-").FullName;
        PaethCifar.WriteBinary(Path.Combine(folder, "data_batch_1.bin"), test, ..1_000);
        PaethCifar.WriteBinary(Path.Combine(folder, "data_batch_2.bin"), test, 1_000..1_900);
        PaethCifar.WriteBinary(Path.Combine(folder, "test_batch.bin"), test, 1_900..);

        ImageDataSet data = new DataSetRegistry(folder).Open(folder);

        Assert.That(data.Train.Pixels.Span.SequenceEqual(test.Pixels.Span[..(1_900 * 3_072)]));
        Assert.That(data.Test.Pixels.Span.SequenceEqual(test.Pixels.Span[(1_900 * 3_072)..]));
        Assert.That(data.Mean, Is.EqualTo(new[] { 0.49, 0.48, 0.45 }).Within(0.02), "The means of CIFAR-10 are 0.4914, 0.4822, 0.4465.");
        Assert.That(data.StandardDeviation, Is.EqualTo(new[] { 0.247, 0.243, 0.261 }).Within(0.01));
        Directory.Delete(folder, recursive: true);
    }
}
