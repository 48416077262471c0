using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NasEngine.Core.Access;
using NasEngine.Core.Errors;
using NasEngine.Testing.Web;
using NasEngine.Web;
using NasEngine.Web.Safety;

namespace NasEngine.UnitTests.Web;

internal sealed partial class AccessTests
{
    private const string Viewer = "viewer-token-0123456789", Actor = "actor-token-0123456789", Device = "device-token-0123456789";

    private TestService _service = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _service = await TestService.StartAsync(new ServerOptions
        {
            Tokens = $"viewer:{Viewer},actor:{Actor},device:{Device}", RequestBurst = 100_000, RequestsPerSecond = 100_000, SignInsPerMinute = 100_000,
        });
        await _service.AddRunAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _service.DisposeAsync();

    [Test]
    public async Task AnyEndpoint_WithoutAToken_IsRefusedUnlessItHoldsNoData()
    {
        string[] open = ["/health", "/api/v1/health", "/api/v1/session", "/api/v1/session/", "/lib/{**name}", "/{**path}", "/api/v1/{**rest}", "/api/v1/agents/package.tgz"];
        List<string> answered = [];
        foreach (RouteEndpoint endpoint in _service.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            string pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            foreach (string method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                using HttpRequestMessage request = new(new HttpMethod(method), Parameter().Replace(pattern, "x"));
                request.Content = method is "GET" or "HEAD" ? null : new StringContent("{}", null, "application/json");
                using HttpResponseMessage response = await _service.Client.SendAsync(request);
                if (response.StatusCode != HttpStatusCode.Unauthorized)
                {
                    answered.Add(pattern);
                }
            }
        }

        Assert.That(answered.Distinct(), Is.SubsetOf(open));
    }

    [TestCase("wrong-token-0123456789")]
    [TestCase("")]
    [TestCase(Viewer + "x")]
    public async Task Get_UnknownToken_IsRefusedWithoutShowingIt(string token)
    {
        using HttpClient client = _service.CreateClient(null);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + token);
        (int status, JsonElement problem) = await _service.SendAsync(HttpMethod.Get, "runs", client: client);
        Assert.That(status, Is.EqualTo(401));
        Assert.That(problem.GetRawText(), Does.Not.Contain("0123456789"));
    }

    [TestCase(Viewer, "GET", "runs", 200)]
    [TestCase(Viewer, "POST", "runs/sample/stop", 403)]
    [TestCase(Viewer, "PATCH", "settings", 403)]
    [TestCase(Viewer, "POST", "agents/x/lease", 403)]
    [TestCase(Actor, "GET", "runs", 200)]
    [TestCase(Actor, "POST", "runs/sample/stop", 204)]
    [TestCase(Device, "GET", "runs", 403)]
    [TestCase(Device, "GET", "settings", 403)]
    [TestCase(Device, "POST", "runs/sample/stop", 403)]
    public async Task Request_WithARole_MayDoWhatTheRoleMay(string token, string method, string path, int expected)
    {
        using HttpClient client = _service.CreateClient(token);
        (int status, _) = await _service.SendAsync(new HttpMethod(method), path, method == "PATCH" ? """{"retentionDays":3}""" : null, client);
        Assert.That(status, Is.EqualTo(expected));
    }

    [Test]
    public async Task Session_SignedInBrowser_NeedsTheHeaderForChangesAndCanSignOut()
    {
        (int refused, _) = await _service.SendAsync(HttpMethod.Post, "session", $$"""{"token":"{{Device}}"}""");
        using HttpRequestMessage signIn = new(HttpMethod.Post, "/api/v1/session") { Content = new StringContent($$"""{"token":"{{Actor}}"}""", null, "application/json") };
        using HttpResponseMessage signedIn = await _service.Client.SendAsync(signIn);
        string cookie = signedIn.Headers.GetValues("Set-Cookie").Single();
        string csrf = JsonDocument.Parse(await signedIn.Content.ReadAsStringAsync()).RootElement.GetProperty("csrf").GetString()!;
        using HttpClient browser = _service.CreateClient(null);
        browser.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        (int looks, JsonElement session) = await _service.SendAsync(HttpMethod.Get, "session", client: browser);
        (int without, _) = await _service.SendAsync(HttpMethod.Post, "runs/sample/stop", client: browser);
        browser.DefaultRequestHeaders.Add("X-Nas-Csrf", csrf);
        (int with, _) = await _service.SendAsync(HttpMethod.Post, "runs/sample/stop", client: browser);
        (int signedOut, _) = await _service.SendAsync(HttpMethod.Delete, "session", client: browser);
        (int after, _) = await _service.SendAsync(HttpMethod.Get, "runs", client: browser);
        Assert.That(refused, Is.EqualTo(401));
        Assert.That(cookie, Does.Contain("httponly").And.Contain("samesite=strict"));
        Assert.That((looks, session.GetProperty("role").GetString(), session.GetProperty("csrf").GetString()), Is.EqualTo((200, "actor", csrf)));
        Assert.That((without, with, signedOut, after), Is.EqualTo((403, 204, 204, 401)));
    }

    [TestCase("Sec-Fetch-Site", "cross-site")]
    [TestCase("Origin", "https://elsewhere.example")]
    [TestCase("Origin", "null")]
    public async Task Change_AskedForByAnotherSite_IsRefused(string header, string value)
    {
        using HttpClient client = _service.CreateClient(Actor);
        client.DefaultRequestHeaders.Add(header, value);
        (int status, _) = await _service.SendAsync(HttpMethod.Post, "runs/sample/stop", client: client);
        Assert.That(status, Is.EqualTo(403));
    }

    [TestCase("attacker.example")]
    [TestCase("127.0.0.1.attacker.example")]
    [TestCase("localhost.attacker.example:5210")]
    public async Task Get_ForeignHostOnLoopback_IsRefused(string host)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/v1/session");
        request.Headers.Host = host;
        using HttpResponseMessage response = await _service.Client.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MisdirectedRequest));
    }

    [TestCase("/")]
    [TestCase("/health")]
    [TestCase("/api/v1/runs")]
    [TestCase("/api/v1/nothing")]
    [TestCase("/nothing.js")]
    public async Task AnyAnswer_HasTheSafetyHeaders(string path)
    {
        using HttpResponseMessage response = await _service.Client.GetAsync(path);
        string policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.That(policy, Does.Contain("frame-ancestors 'none'").And.Not.Contain("unsafe-inline").And.Not.Contain("*"));
        Assert.That(response.Headers.GetValues("X-Content-Type-Options").Single(), Is.EqualTo("nosniff"));
        Assert.That(response.Headers.GetValues("Cross-Origin-Opener-Policy").Single(), Is.EqualTo("same-origin"));
    }

    [Test]
    public async Task Settings_Shown_NameTokensByIdAndRoleOnly()
    {
        using HttpClient client = _service.CreateClient(Viewer);
        (_, JsonElement settings) = await _service.SendAsync(HttpMethod.Get, "settings", client: client);
        Assert.That(settings.GetProperty("tokens").GetArrayLength(), Is.EqualTo(3));
        Assert.That(settings.GetRawText(), Does.Not.Contain("0123456789"));
    }

    [Test]
    public async Task MadeToken_WhileTheServiceRuns_CountsAtOnceAndEndsAtOnce()
    {
        IssuedTokens issued = await IssuedTokens.OpenAsync(_service.Store.Tokens, _service.Workplace.Home, TimeProvider.System, default);
        (string token, KnownToken known) = await issued.CreateAsync(TokenRole.Viewer, "test", default);
        using HttpClient client = _service.CreateClient(token);
        (int before, _) = await _service.SendAsync(HttpMethod.Get, "runs", client: client);
        await issued.RemoveAsync(known.Id, default);
        (int after, _) = await _service.SendAsync(HttpMethod.Get, "runs", client: client);
        Assert.That((before, after), Is.EqualTo((200, 401)));
    }

    [Test]
    public async Task Tokens_OfAnEarlierVersionsFile_CountOnceAndStayRemoved()
    {
        KnownToken earlier = KnownToken.Of("nas_v_earlier-earlier-earlier", TokenRole.Viewer, "screen", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        await File.WriteAllTextAsync(Path.Combine(_service.Workplace.Home, "tokens.json"), $$"""
            { "tokens": [ { "id": "{{earlier.Id}}", "role": "viewer", "sha256": "{{Convert.ToHexStringLower(earlier.Sha256.Span)}}", "note": "screen", "createdAt": "2026-01-02T03:04:05+00:00" } ] }
            """);
        Task<IssuedTokens> OpenAsync() => IssuedTokens.OpenAsync(_service.Store.Tokens, _service.Workplace.Home, TimeProvider.System, default);
        IssuedTokens issued = await OpenAsync();
        await OpenAsync();
        KnownToken taken = (await issued.ListAsync(default)).Single(token => token.Id == earlier.Id);
        Assert.That((taken.Role, taken.Note, taken.CreatedAt), Is.EqualTo((TokenRole.Viewer, "screen", earlier.CreatedAt)));
        using HttpClient client = _service.CreateClient("nas_v_earlier-earlier-earlier");
        (int before, _) = await _service.SendAsync(HttpMethod.Get, "runs", client: client);
        await issued.RemoveAsync(earlier.Id, default);
        await OpenAsync();
        (int after, _) = await _service.SendAsync(HttpMethod.Get, "runs", client: client);
        Assert.That((before, after), Is.EqualTo((200, 401)));
    }

    [Test]
    public async Task MadeToken_Used_IsStoredWithItsLastUseOnceTheServiceStops()
    {
        await using TestService service = await TestService.StartAsync();
        IssuedTokens issued = await IssuedTokens.OpenAsync(service.Store.Tokens, service.Workplace.Home, TimeProvider.System, default);
        (string token, _) = await issued.CreateAsync(TokenRole.Viewer, "used", default);
        await issued.CreateAsync(TokenRole.Viewer, "idle", default);
        using HttpClient client = service.CreateClient(token);
        DateTimeOffset started = TimeProvider.System.GetUtcNow();
        await service.SendAsync(HttpMethod.Get, "runs", client: client);
        Assert.That((await issued.ListAsync(default)).Select(known => known.LastUsedAt), Is.All.Null, "no write for a request");
        await service.App.StopAsync();
        IReadOnlyList<KnownToken> known = await issued.ListAsync(default);
        Assert.That(known.Single(one => one.Note == "used").LastUsedAt, Is.GreaterThanOrEqualTo(started));
        Assert.That(known.Single(one => one.Note == "idle").LastUsedAt, Is.Null);
    }

    [Test]
    public async Task Start_BeyondLoopbackWithoutAToken_IsRefusedInOneLine()
    {
        UsageException problem = (await Assert.ThrowsAsync<UsageException>(() => TestService.StartAsync(new ServerOptions { Host = "0.0.0.0" })))!;
        Assert.That(problem.Message, Does.Contain("nas token create").And.Not.Contain("\n"));
    }

    [TestCase("viewer:short")]
    [TestCase("king:0123456789abcdef")]
    [TestCase("0123456789abcdef")]
    public async Task Start_BadTokens_AreRefusedWithoutShowingThem(string tokens)
    {
        UsageException problem = (await Assert.ThrowsAsync<UsageException>(() => TestService.StartAsync(new ServerOptions { Tokens = tokens })))!;
        Assert.That(problem.Message, Does.Not.Contain("0123456789abcdef").And.Not.Contain("short"));
    }

    [Test]
    public async Task Requests_BeyondTheRate_AreTurnedAway()
    {
        await using TestService service = await TestService.StartAsync(new ServerOptions { RequestBurst = 5, RequestsPerSecond = 5 });
        List<int> answers = [];
        for (int request = 0; request < 12; request++)
        {
            answers.Add((await service.SendAsync(HttpMethod.Get, "session")).Status);
        }

        Assert.That(answers.Take(5), Is.All.EqualTo(200));
        Assert.That(answers, Has.Some.EqualTo(429));
    }

    [Test]
    public async Task SignIns_BeyondTheLimit_AreTurnedAway()
    {
        await using TestService service = await TestService.StartAsync(new ServerOptions { SignInsPerMinute = 2 });
        List<int> answers = [];
        for (int attempt = 0; attempt < 4; attempt++)
        {
            answers.Add((await service.SendAsync(HttpMethod.Post, "session", """{"token":"guess"}""")).Status);
        }

        Assert.That(answers, Is.EqualTo(new[] { 401, 401, 429, 429 }));
    }

    [GeneratedRegex("{[^}]*}")]
    private static partial Regex Parameter();
}
