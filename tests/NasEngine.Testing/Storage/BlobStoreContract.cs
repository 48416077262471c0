using System.Security.Cryptography;
using NasEngine.Core.Artefacts;
using NasEngine.Core.Errors;

namespace NasEngine.Testing.Storage;

/// <summary>What every store of content must do. An implementation's fixture derives from this, opens an empty store and knows how to harm one.</summary>
public abstract class BlobStoreContract
{
    private const int Piece = 1024 * 1024;

    private string _folder = string.Empty;

    protected IBlobStore Store { get; private set; } = null!;

    [SetUp]
    public async Task OpenStore()
    {
        _folder = Directory.CreateTempSubdirectory("nas-files-").FullName;
        Store = await OpenEmptyStoreAsync(PathOf("blobs"));
    }

    [TearDown]
    public async Task CloseStore()
    {
        await CloseStoreAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(Piece - 1)]
    [TestCase(Piece)]
    [TestCase((2 * Piece) + 17)]
    public async Task TryGetAsync_AfterPut_GivesTheSameBytes(int length)
    {
        byte[] content = Content(length, seed: length);
        string sha256 = await Store.PutAsync(Write("source", content), default);
        Assert.That(sha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(content))));
        Assert.That(await Store.FindAsync(sha256, default), Is.EqualTo(length));
        string destination = PathOf("new/folder/copy");
        Assert.That(await Store.TryGetAsync(sha256, destination, default), Is.True);
        Assert.That((await File.ReadAllBytesAsync(destination)).AsSpan().SequenceEqual(content), Is.True);
        Assert.That(Directory.GetFiles(PathOf("new/folder")), Has.Length.EqualTo(1), "nothing else is left beside it");
    }

    [Test]
    public async Task TryGetAsync_FileIsThere_IsReplaced()
    {
        string sha256 = await Store.PutAsync(Write("source", [1, 2, 3]), default);
        string destination = Write("copy", [9]);
        await Store.TryGetAsync(sha256, destination, default);
        Assert.That(await File.ReadAllBytesAsync(destination), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task TryGetAsync_UnknownDigest_GivesFalseAndNoFile()
    {
        Assert.That(await Store.TryGetAsync(new string('a', 64), PathOf("copy"), default), Is.False);
        Assert.That(await Store.FindAsync(new string('a', 64), default), Is.Null);
        Assert.That(File.Exists(PathOf("copy")), Is.False);
    }

    [TestCase("../../../../etc/passwd")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("")]
    public void Digest_OfAnotherForm_IsRefused(string sha256)
    {
        Assert.That(async () => await Store.TryGetAsync(sha256, PathOf("copy"), default), Throws.ArgumentException);
        Assert.That(async () => await Store.FindAsync(sha256, default), Throws.ArgumentException);
        Assert.That(async () => await Store.RemoveAsync(sha256, default), Throws.ArgumentException);
    }

    [Test]
    public async Task TryGetAsync_ContentWasDamaged_IsRefusedAndHealedByPuttingItAgain()
    {
        string source = Write("source", Content(Piece + 100, seed: 1));
        string sha256 = await Store.PutAsync(source, default);
        await DamageAsync(sha256, PathOf("blobs"));
        Assert.That(async () => await Store.TryGetAsync(sha256, PathOf("copy"), default), Throws.InstanceOf<DamagedFileException>().With.Message.Contains(sha256));
        Assert.That(File.Exists(PathOf("copy")), Is.False);
        await Store.PutAsync(source, default);
        Assert.That(await Store.TryGetAsync(sha256, PathOf("copy"), default), Is.True);
    }

    [Test]
    public async Task PutAsync_ManyAtOnce_KeepsEachContentOnce()
    {
        string[] sources = [.. Enumerable.Range(0, 12).Select(i => Write($"source-{i}", Content(300_000, seed: i % 3)))];
        await Task.WhenAll(sources.Select(source => Task.Run(() => Store.PutAsync(source, default))));
        IReadOnlyList<Blob> kept = await Store.ListAsync(default);
        Assert.That(kept.Select(blob => blob.Bytes), Is.EqualTo(new long[] { 300_000, 300_000, 300_000 }));
        Assert.That(kept.Select(blob => blob.Sha256), Is.Unique.And.Ordered);
    }

    [Test]
    public async Task RemoveAsync_KnownContent_IsGone()
    {
        string sha256 = await Store.PutAsync(Write("source", [1]), default);
        await Store.RemoveAsync(sha256, default);
        await Store.RemoveAsync(sha256, default);
        Assert.That(await Store.ListAsync(default), Is.Empty);
        Assert.That(await Store.TryGetAsync(sha256, PathOf("copy"), default), Is.False);
    }

    [Test]
    public async Task RemoveAsync_PutBeforeAnInstant_GoesUnlessItWasPutAgain()
    {
        string source = Write("source", [1, 2]);
        string sha256 = await Store.PutAsync(source, default);
        await Task.Delay(20);
        DateTimeOffset between = TimeProvider.System.GetUtcNow();
        await Task.Delay(20);
        await Store.PutAsync(source, default);
        Assert.That(await Store.RemoveAsync(sha256, between, default), Is.False);
        Assert.That(await Store.TryGetAsync(sha256, PathOf("copy"), default), Is.True);
        Assert.That(await Store.RemoveAsync(sha256, between.AddDays(1), default), Is.True);
        Assert.That(await Store.RemoveAsync(sha256, between.AddDays(1), default), Is.False);
        Assert.That(await Store.ListAsync(default), Is.Empty);
    }

    [Test]
    public void PutAsync_NoSuchFile_IsRefused() =>
        Assert.That(async () => await Store.PutAsync(PathOf("absent"), default), Throws.InstanceOf<UsageException>().With.Message.Contains("absent"));

    protected abstract Task<IBlobStore> OpenEmptyStoreAsync(string folder);

    /// <summary>Changes a byte of what is kept.</summary>
    protected abstract Task DamageAsync(string sha256, string folder);

    protected virtual Task CloseStoreAsync() => Task.CompletedTask;

    private static byte[] Content(int length, int seed)
    {
        byte[] content = new byte[length];
        new Random(seed).NextBytes(content);
        return content;
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private string Write(string name, byte[] content)
    {
        File.WriteAllBytes(PathOf(name), content);
        return PathOf(name);
    }
}
