using NasEngine.Core.Errors;
using NasEngine.Core.Progress;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.ZeroCost;
using NasEngine.Testing;
using NasEngine.Testing.Networks;
using NasEngine.Training.DataSets;
using NasEngine.Training.ZeroCost;

namespace NasEngine.UnitTests.Jobs;

internal sealed class ProxyScoringTests
{
    private static readonly SearchSpace Space = TestSpaces.TinyCells();

    [Test]
    public void Run_WithAFile_ComputesOnlyWhatIsNotThere()
    {
        using TemporaryFolder folder = new();
        string file = folder.PathOf("proxies.csv");
        ProxyScoringOptions options = Options(file);
        IReadOnlyList<ProxyRow> first = Run(options with { Genotypes = options.Genotypes.Take(1).ToArray() });
        // A row of another score, and one that was not finished, tell what is read and what is computed.
        File.WriteAllText(file, File.ReadAllText(file).Replace($",{first[0].Scores[0]:R},", ",123,", StringComparison.Ordinal) + "\"edge=conv");
        IReadOnlyList<ProxyRow> all = Run(options), without = Run(options with { File = null });
        Assert.That(all[0].Scores[0], Is.EqualTo(123));
        Assert.That(all[1].Scores, Is.EqualTo(without[1].Scores));
        Assert.That(File.ReadAllLines(file), Has.Length.EqualTo(3));
        Assert.That(Run(options).Select(row => row.Scores), Is.EqualTo(all.Select(row => row.Scores)));
    }

    [Test]
    public void Run_AFileOfOtherProxiesOrSeeds_IsRefused()
    {
        using TemporaryFolder folder = new();
        ProxyScoringOptions options = Options(folder.PathOf("proxies.csv"));
        Run(options);
        Assert.That(() => Run(options with { Proxies = ZeroCostProxies.Find(["l2"]) }), Throws.InstanceOf<UsageException>().With.Message.Contains("has the columns"));
        Assert.That(() => Run(options with { Seed = 2 }), Throws.InstanceOf<UsageException>().With.Message.Contains("line 2: computed with data, images and seed"));
    }

    [Test]
    public void Run_DataOfAnotherKind_SaysWhatDoesNotFit()
    {
        LabelledImages grey = new(1, 6, 6, new byte[36], [0]);
        Assert.That(
            () => Run(Options(null) with { Data = new ImageDataSet("grey", ["a", "b"], grey, grey) }),
            Throws.InstanceOf<UsageException>().With.Message.EqualTo("Space 'tiny-cells' is for images of 3 channels and 3 classes; grey has 1 and 2."));
    }

    private static IReadOnlyList<ProxyRow> Run(ProxyScoringOptions options) => ProxyScoring.Run(options, SilentProgress.Instance, CancellationToken.None);

    private static ProxyScoringOptions Options(string? file)
    {
        Random random = new(3);
        byte[] pixels = new byte[12 * 3 * 36];
        random.NextBytes(pixels);
        LabelledImages images = new(3, 6, 6, pixels, [.. Enumerable.Range(0, 12).Select(image => image % 3)]);
        return new ProxyScoringOptions
        {
            Space = Space,
            Data = new ImageDataSet("noise", ["a", "b", "c"], images, images),
            Genotypes = [Space.Parse("edge=conv3x3,skip,conv1x1"), Space.Parse("edge=skip,conv1x1,conv3x3")],
            Proxies = ZeroCostProxies.Find(["synflow", "naswot"]),
            Images = 8,
            File = file,
        };
    }
}
