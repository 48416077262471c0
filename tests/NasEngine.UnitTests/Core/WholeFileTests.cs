using System.Text;
using NasEngine.Core.Machine;
using NasEngine.Testing;

namespace NasEngine.UnitTests.Core;

internal sealed class WholeFileTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    private string Path => _folder.PathOf("new/file.txt");

    [Test]
    public void Write_OverAnother_ReplacesItAndLeavesNothingElse()
    {
        WholeFile.Write(Path, "before, and longer");
        WholeFile.Write(Path, "käse");
        Assert.That(File.ReadAllBytes(Path), Is.EqualTo("käse"u8.ToArray()));
        Assert.That(Directory.GetFiles(_folder.PathOf("new")), Has.Length.EqualTo(1));
    }

    [Test]
    public void WriteAsync_FailsHalfWay_LeavesTheFileAsItWas()
    {
        WholeFile.Write(Path, "before");
        Assert.That(
            () => WholeFile.WriteAsync(Path, async file =>
            {
                await file.WriteAsync("aft"u8.ToArray());
                throw new IOException("disk full");
            }),
            Throws.TypeOf<IOException>());
        Assert.That(File.ReadAllText(Path), Is.EqualTo("before"));
        Assert.That(Directory.GetFiles(_folder.PathOf("new")), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task WriteAsync_ManyAtOnce_AlwaysShowsOneOfThemWhole()
    {
        string[] texts = [.. Enumerable.Range(0, 8).Select(number => new string((char)('a' + number), 100_000))];
        WholeFile.Write(Path, texts[0]);
        Task writers = Task.WhenAll(texts.Select(text => Task.Run(() => WholeFile.WriteAsync(Path, file => file.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask()))));
        while (!writers.IsCompleted)
        {
            Assert.That(texts, Does.Contain(await File.ReadAllTextAsync(Path)));
        }

        await writers;
    }

    [Test]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win")]
    public void Write_ForTheOwnerOnly_IsReadByNobodyElse()
    {
        WholeFile.Write(Path, "key"u8, ownerOnly: true);
        Assert.That(File.GetUnixFileMode(Path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task FileDigest_OfAFile_IsSha256()
    {
        WholeFile.Write(Path, "abc");
        Assert.That(await FileDigest.OfAsync(Path, default), Is.EqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }
}
