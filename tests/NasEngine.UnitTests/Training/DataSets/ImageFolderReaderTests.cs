using NasEngine.Core.Errors;
using NasEngine.Training.DataSets;

namespace NasEngine.UnitTests.Training.DataSets;

internal sealed class ImageFolderReaderTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("nas-images-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Open_TrainAndTestFolders_ReadsBothWithClassesInOrder()
    {
        Save("train/zebra/a.png", 4, 4, 200);
        Save("train/ant/a.png", 4, 4, 10);
        Save("train/ant/.hidden", 4, 4, 0);
        Save("test/ant/b.png", 4, 4, 20);
        Save("test/zebra/b.png", 4, 4, 210);

        ImageDataSet data = new DataSetRegistry(_folder).Open(_folder);

        Assert.That(data.ClassNames, Is.EqualTo(new[] { "ant", "zebra" }));
        Assert.That(data.Train.Pixels.ToArray().Distinct(), Is.EqualTo(new byte[] { 10, 200 }));
        Assert.That(data.Test.Labels.ToArray(), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(data.Channels, Is.EqualTo(1));
    }

    [Test]
    public void ReadFolder_ClassFoldersOnly_DrawsABalancedTestPartFromTheSeed()
    {
        for (int i = 0; i < 20; i++)
        {
            Save($"{(i % 2 == 0 ? "even" : "odd")}/{i:d2}.png", 3, 3, i);
        }

        ImageDataSet data = ImageFolderReader.ReadFolder(_folder, "x", new ImageFolderOptions { Seed = 4 });

        Assert.That((data.Train.Count, data.Test.Count), Is.EqualTo((16, 4)));
        Assert.That(data.Test.Labels.ToArray().Count(label => label == 0), Is.EqualTo(2));
        Assert.That(data.Train.Pixels.ToArray().Concat(data.Test.Pixels.ToArray()).Distinct().Count(), Is.EqualTo(20));
        Assert.That(ImageFolderReader.ReadFolder(_folder, "x", new ImageFolderOptions { Seed = 4 }).Fingerprint, Is.EqualTo(data.Fingerprint));
        Assert.That(ImageFolderReader.ReadFolder(_folder, "x", new ImageFolderOptions { Seed = 5 }).Fingerprint, Is.Not.EqualTo(data.Fingerprint));
    }

    [Test]
    public void ReadFolder_SizesDiffer_NamesTheImageUnlessASizeIsGiven()
    {
        Save("a/1.png", 4, 4, 10);
        Save("a/2.png", 8, 6, 10);
        Save("b/1.png", 4, 4, 30);
        Save("b/2.png", 5, 9, 30);

        Assert.That(() => ImageFolderReader.ReadFolder(_folder, "x", new ImageFolderOptions()), Throws.TypeOf<UsageException>().With.Message.Contains("2.png is 6x8"));
        ImageDataSet data = ImageFolderReader.ReadFolder(_folder, "x", new ImageFolderOptions { Size = 5, TestShare = 0.5 });
        Assert.That((data.Height, data.Width), Is.EqualTo((5, 5)));
        Assert.That(data.Train.Pixels.ToArray().Distinct(), Is.EqualTo(new byte[] { 10, 30 }));
    }

    [Test]
    public void ReadFolder_GreyAmongColour_BecomesColour()
    {
        Save("a/1.png", 2, 2, 10);
        Save("b/1.png", 2, 2, 30);
        File.WriteAllBytes(Path.Combine(_folder, "b", "2.png"), new PngWriter(2, 2, 2, 8).Write([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]));

        ImageDataSet data = ImageFolderReader.ReadFolder(_folder, "x", new ImageFolderOptions { TestShare = 0.4 });

        byte[] all = [.. data.Train.Pixels.ToArray(), .. data.Test.Pixels.ToArray()];
        Assert.That(all.Chunk(12).Select(image => string.Join(' ', image)), Is.EquivalentTo(
            new[] { "10 10 10 10 10 10 10 10 10 10 10 10", "30 30 30 30 30 30 30 30 30 30 30 30", "1 1 1 1 2 2 2 2 3 3 3 3" }));
    }

    [Test]
    public void ReadFolder_FileOfAnotherFormat_NamesIt()
    {
        Save("a/1.png", 2, 2, 10);
        Save("b/1.jpg", 2, 2, 10);

        Assert.That(() => ImageFolderReader.ReadFolder(_folder, "x", new ImageFolderOptions()), Throws.TypeOf<UsageException>().With.Message.Contains("1.jpg is not read"));
    }

    [Test]
    public void Open_FolderWithNothingToRead_ListsTheFormats() =>
        Assert.That(() => new DataSetRegistry(_folder).Open(_folder), Throws.TypeOf<UsageException>().With.Message.Contains("IDX").And.Message.Contains("CIFAR").And.Message.Contains("PNG"));

    [Test]
    public void Open_UnknownName_ListsNamesAndTheCommand() =>
        Assert.That(
            () => new DataSetRegistry(_folder).Open("imagenet"),
            Throws.TypeOf<UsageException>().With.Message.Contains("fashion-mnist, mnist, cifar10").And.Message.Contains("nas data get"));

    [Test]
    public void Open_KnownButAbsent_SaysHowToGetIt() =>
        Assert.That(() => new DataSetRegistry(_folder).Open("mnist"), Throws.TypeOf<UsageException>().With.Message.Contains("'nas data get mnist'"));

    [Test]
    public void Resize_HalfTheSize_WeighsTheAreaAsATriangle()
    {
        byte[] row = [0, 0, 80, 80];

        DecodedImage small = ImageResizer.Resize(new DecodedImage(1, 1, 4, row), 1, 2);

        Assert.That(small.Pixels, Is.EqualTo(new byte[] { 11, 69 }));
    }

    private void Save(string name, int width, int height, int value)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, new PngWriter(width, height, 0, 8).Write([.. Enumerable.Repeat(value, width * height)]));
    }
}
