using System.Text;
using NasEngine.Testing.Jobs;

namespace NasEngine.IntegrationTests.Jobs;

/// <summary>Damaged files of every kind that the program reads; 'nas bench fuzz' prints the counts.</summary>
internal sealed class FuzzTests
{
    // 'nas bench fuzz' damages twice as many, by another seed.
    private const int FilesOfAKind = 50;

    private static readonly Dictionary<string, byte[]> Odd = new(StringComparer.Ordinal)
    {
        ["an empty file"] = [],
        ["a NUL"] = [0],
        ["a byte order mark alone"] = [0xEF, 0xBB, 0xBF],
        ["UTF-16"] = Encoding.Unicode.GetBytes("{\"name\": \"x\"}"),
        ["invalid UTF-8"] = [.. "{\"name\": \""u8, 0xC3, 0x28, .. "\"}"u8],
        ["half a surrogate pair"] = "{\"name\": \"\\ud800\", \"\\udfff\": 1}"u8.ToArray(),
        ["half a surrogate pair in a value that is copied"] = "{\"name\": \"x\", \"data\": {\"name\": \"\\ud800\"}, \"space\": \"absent.json\"}"u8.ToArray(),
        ["deep nesting"] = Encoding.UTF8.GetBytes(new string('[', 200_000)),
        ["deep nesting of objects"] = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000)),
        ["a list"] = "[1, 2]"u8.ToArray(),
        ["a number"] = "1e999"u8.ToArray(),
        ["keys that stand twice"] = "{\"name\": \"a\", \"name\": \"b\"}"u8.ToArray(),
        ["huge numbers"] = "{\"version\": 1e999, \"seed\": 9223372036854775808, \"channelMultiple\": 1e400}"u8.ToArray(),
        ["a comment"] = "{ // why\n \"name\": \"a\" }"u8.ToArray(),
    };

    private static IEnumerable<string> OddNames => Odd.Keys;

    [Test]
    [CancelAfter(120_000)]
    public async Task Descriptions_300Mutations_AreReadOrRefusedWithAMessage()
    {
        FuzzResult result = await new FuzzCampaign(SmallRun.Place("fuzz-descriptions").Folder, seed: 1).DescriptionsAsync(300, processes: 20);
        await TestContext.Out.WriteLineAsync(result.ToString());
        Assert.That(result.Wrong, Is.Empty);
        Assert.That((result.Accepted, result.Refused), Is.Not.EqualTo((0, 300)).And.Not.EqualTo((300, 0)), "damage that never, or always, does harm proves little");
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task RunFiles_Damaged_AreReadOrRefusedWithAMessage()
    {
        IReadOnlyList<FuzzResult> results = await new FuzzCampaign(SmallRun.Place("fuzz-files").Folder, seed: 1).RunFilesAsync(FilesOfAKind);
        await TestContext.Out.WriteLineAsync(string.Join('\n', results));
        Assert.That(results.SelectMany(result => result.Wrong), Is.Empty);
        Assert.That(results.Select(result => result.Refused), Is.All.GreaterThan(FilesOfAKind / 5));
    }

    [TestCaseSource(nameof(OddNames))]
    public async Task Description_OddContent_IsRefused(string what)
    {
        string file = Path.Combine(SmallRun.Experiment.Folder, "odd.json");
        await File.WriteAllBytesAsync(file, Odd[what]);
        FuzzResult result = await FuzzCampaign.DescriptionAsync(what, file);
        Assert.That(result.Wrong, Is.Empty);
        Assert.That(result.Refused, Is.EqualTo(2));
    }

    [Test]
    public async Task Description_NoPlainFile_IsRefused()
    {
        string folder = Directory.CreateDirectory(Path.Combine(SmallRun.Experiment.Folder, "folder.json")).FullName;
        string loop = Path.Combine(folder, "loop.json"), dangling = Path.Combine(folder, "dangling.json");
        File.CreateSymbolicLink(loop, loop);
        File.CreateSymbolicLink(dangling, Path.Combine(folder, "absent"));
        foreach (string path in (string[])[folder, loop, dangling, "/dev/null", "/dev/zero", Path.Combine(folder, new string('x', 300)), "\0", ""])
        {
            FuzzResult result = await FuzzCampaign.DescriptionAsync(path, path);
            Assert.That(result.Wrong, Is.Empty);
            Assert.That(result.Refused, Is.EqualTo(2), path);
        }
    }
}
