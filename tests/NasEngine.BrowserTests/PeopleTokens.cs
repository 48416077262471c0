using NasEngine.Core.Access;
using NasEngine.Storage;
using NasEngine.Web.Safety;

namespace NasEngine.BrowserTests;

/// <summary>Tokens for people. As long as they are there, the service asks who is using it; once they are disposed it is open again.</summary>
internal sealed class PeopleTokens : IAsyncDisposable
{
    private readonly NasStore _store;
    private readonly IssuedTokens _tokens;
    private readonly string[] _ids;

    private PeopleTokens(NasStore store, IssuedTokens tokens, (string Token, KnownToken Known) viewer, (string Token, KnownToken Known) actor) =>
        (_store, _tokens, Viewer, Actor, _ids) = (store, tokens, viewer.Token, actor.Token, [viewer.Known.Id, actor.Known.Id]);

    /// <summary>Gets a token that lets a person look.</summary>
    public string Viewer { get; }

    /// <summary>Gets a token that lets a person do everything.</summary>
    public string Actor { get; }

    /// <summary>Makes the tokens, as <c>nas token create</c> does, for a service that is running.</summary>
    public static async Task<PeopleTokens> MakeAsync()
    {
        NasStore store = await NasStore.OpenAsync(Dashboard.Service.Database);
        IssuedTokens tokens = await IssuedTokens.OpenAsync(store.Tokens, Dashboard.Service.Home, TimeProvider.System, default);
        return new PeopleTokens(store, tokens, await tokens.CreateAsync(TokenRole.Viewer, "looks", default), await tokens.CreateAsync(TokenRole.Actor, "acts", default));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string id in _ids)
        {
            await _tokens.RemoveAsync(id, default);
        }

        await _store.DisposeAsync();
    }
}
