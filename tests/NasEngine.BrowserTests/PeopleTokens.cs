using NasEngine.Web.Safety;

namespace NasEngine.BrowserTests;

/// <summary>Tokens for people. As long as they are there, the service asks who is using it; once they are disposed it is open again.</summary>
internal sealed class PeopleTokens : IAsyncDisposable
{
    private readonly TokenStore _store;
    private readonly string[] _ids;

    private PeopleTokens(TokenStore store, (string Token, KnownToken Known) viewer, (string Token, KnownToken Known) actor) =>
        (_store, Viewer, Actor, _ids) = (store, viewer.Token, actor.Token, [viewer.Known.Id, actor.Known.Id]);

    /// <summary>Gets a token that lets a person look.</summary>
    public string Viewer { get; }

    /// <summary>Gets a token that lets a person do everything.</summary>
    public string Actor { get; }

    /// <summary>Makes the tokens, as <c>nas token create</c> does, for a service that is running.</summary>
    public static async Task<PeopleTokens> MakeAsync()
    {
        TokenStore store = new(Dashboard.Service.Home, TimeProvider.System);
        return new PeopleTokens(store, await store.CreateAsync(TokenRole.Viewer, "looks", default), await store.CreateAsync(TokenRole.Actor, "acts", default));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string id in _ids)
        {
            await _store.RemoveAsync(id, default);
        }
    }
}
