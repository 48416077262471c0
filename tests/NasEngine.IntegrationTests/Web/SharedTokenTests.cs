using NasEngine.Core.Access;
using NasEngine.Testing.Storage;
using NasEngine.Testing.Web;
using NasEngine.Web.Safety;

namespace NasEngine.IntegrationTests.Web;

/// <summary>Two services with folders of their own on one PostgreSQL store.</summary>
internal sealed class SharedTokenTests
{
    [Test]
    public async Task Token_MadeBesideOneService_CountsAndEndsOnBothAtOnce()
    {
        string location = PostgresServer.Shared.NewStore();
        await using TestService first = await TestService.StartAsync(location: location), second = await TestService.StartAsync(location: location);
        Assert.That((await second.SendAsync(HttpMethod.Get, "runs")).Status, Is.EqualTo(200), "open until a token is made");
        IssuedTokens tokens = await IssuedTokens.OpenAsync(first.Store.Tokens, first.Workplace.Home, TimeProvider.System, default);
        (string token, KnownToken known) = await tokens.CreateAsync(TokenRole.Viewer, "test", default);
        Assert.That((await second.SendAsync(HttpMethod.Get, "runs")).Status, Is.EqualTo(401));
        using HttpClient here = first.CreateClient(token), there = second.CreateClient(token);
        Assert.That(((await first.SendAsync(HttpMethod.Get, "runs", client: here)).Status, (await second.SendAsync(HttpMethod.Get, "runs", client: there)).Status), Is.EqualTo((200, 200)));
        await tokens.RemoveAsync(known.Id, default);
        await tokens.CreateAsync(TokenRole.Actor, "another", default);
        Assert.That(((await first.SendAsync(HttpMethod.Get, "runs", client: here)).Status, (await second.SendAsync(HttpMethod.Get, "runs", client: there)).Status), Is.EqualTo((401, 401)));
    }
}
