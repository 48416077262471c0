using NasEngine.Core.Access;
using NasEngine.Storage;

namespace NasEngine.Testing.Storage;

/// <summary>What every store of tokens must do. An implementation's fixture derives from this and opens an empty store.</summary>
public abstract class TokenStoreContract
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private string _location = string.Empty;
    private NasStore _store = null!;

    [SetUp]
    public async Task OpenStore()
    {
        _location = NewLocation();
        _store = await NasStore.OpenAsync(_location);
    }

    [TearDown]
    public async Task CloseStore() => await _store.DisposeAsync();

    protected abstract string NewLocation();

    private ITokenStore Tokens => _store.Tokens;

    [Test]
    public async Task AddAsync_Tokens_AreGivenBackInTheOrderTheyWereMade()
    {
        KnownToken late = KnownToken.Of("nas_v_late-late-late", TokenRole.Viewer, "käse 'x' 🙂", Noon.AddTicks(7)), early = KnownToken.Of("nas_d_early-early-early", TokenRole.Device, string.Empty, Noon);
        await Tokens.AddAsync([late, early], default);
        await Tokens.AddAsync([late with { Role = TokenRole.Actor }], default);
        Assert.That((await Tokens.ListAsync(default)).Select(Shown), Is.EqualTo(new[] { Shown(early), Shown(late) }));
    }

    [Test]
    public async Task AddAsync_ByAnotherProcess_CountsAtTheNextLook()
    {
        await using NasStore other = await NasStore.OpenAsync(_location);
        KnownToken token = KnownToken.Of("nas_a_shared-shared", TokenRole.Actor, "team", Noon);
        await other.Tokens.AddAsync([token], default);
        Assert.That(KnownToken.Find(await Tokens.ListAsync(default), "nas_a_shared-shared")?.Role, Is.EqualTo(TokenRole.Actor));
        Assert.That(await Tokens.RemoveAsync(token.Id, default), Is.True);
        Assert.That(await other.Tokens.ListAsync(default), Is.Empty);
    }

    [Test]
    public async Task RemoveAsync_Token_StaysRemovedWhateverIsAdded()
    {
        KnownToken token = KnownToken.Of("nas_a_lost-lost-lost", TokenRole.Actor, "lost", Noon);
        await Tokens.AddAsync([token], default);
        Assert.That(await Tokens.RemoveAsync(token.Id, default), Is.True);
        await Tokens.AddAsync([token], default);
        Assert.That(await Tokens.ListAsync(default), Is.Empty);
        Assert.That(await Tokens.RemoveAsync(token.Id, default), Is.False);
        Assert.That(await Tokens.RemoveAsync("gone", default), Is.False);
    }

    [Test]
    public async Task NoteUseAsync_LaterAndEarlier_KeepsTheLatest()
    {
        KnownToken token = KnownToken.Of("nas_v_used-used-used", TokenRole.Viewer, string.Empty, Noon);
        await Tokens.AddAsync([token], default);
        Assert.That((await Tokens.ListAsync(default)).Single().LastUsedAt, Is.Null);
        foreach (int minute in (int[])[5, 9, 7])
        {
            await Tokens.NoteUseAsync(new Dictionary<string, DateTimeOffset> { [token.Id] = Noon.AddMinutes(minute), ["gone"] = Noon }, default);
        }

        Assert.That((await Tokens.ListAsync(default)).Single().LastUsedAt, Is.EqualTo(Noon.AddMinutes(9)));
    }

    [Test]
    public async Task ExportAsync_StoreWithTokens_LeavesThemOut()
    {
        using TemporaryFolder folder = new();
        KnownToken token = KnownToken.Of("nas_a_secret-secret-secret", TokenRole.Actor, "the note of it", Noon);
        await Tokens.AddAsync([token], default);
        await _store.ExportAsync(folder.PathOf("all.nas"), default);
        using System.IO.Compression.GZipStream packed = new(File.OpenRead(folder.PathOf("all.nas")), System.IO.Compression.CompressionMode.Decompress);
        using StreamReader reader = new(packed);
        string text = await reader.ReadToEndAsync();
        Assert.That(text, Does.Not.Contain(token.Id).And.Not.Contain("the note of it").And.Not.Contain("token"));
        await using NasStore other = await NasStore.OpenAsync(folder.PathOf("other.db"));
        await other.ImportAsync(folder.PathOf("all.nas"), default);
        Assert.That(await other.Tokens.ListAsync(default), Is.Empty);
    }

    private static string Shown(KnownToken token) => $"{token.Id} {token.Role} {Convert.ToHexString(token.Sha256.Span)} {token.Note} {token.CreatedAt:O}";
}
