using NasEngine.Core.Access;
using NasEngine.Storage;
using NasEngine.Testing;
using NasEngine.Testing.Storage;

namespace NasEngine.UnitTests.Storage;

public sealed class SqliteTokenStoreTests : TokenStoreContract
{
    private TemporaryFolder? _folder;

    private TemporaryFolder Folder => _folder ??= new TemporaryFolder();

    [OneTimeTearDown]
    public void RemoveFolder() => _folder?.Dispose();

    [Test]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win")]
    public async Task AddAsync_FirstToken_LeavesTheFilesToTheirOwner()
    {
        string path = Folder.PathOf("closed.db");
        await using NasStore store = await NasStore.OpenAsync(path);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherRead);
        await store.Tokens.AddAsync([KnownToken.Of("nas_a_mine-mine-mine", TokenRole.Actor, string.Empty, DateTimeOffset.UnixEpoch)], default);
        Assert.That(Directory.GetFiles(Folder.FullName, "closed.db*").Select(File.GetUnixFileMode), Is.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    protected override string NewLocation() => Folder.PathOf($"{TestContext.CurrentContext.Test.ID}.db");
}
