using NasEngine.Testing.Web;
using NasEngine.Web;

namespace NasEngine.UnitTests.Web;

internal sealed class HostileRequestTests
{
    private const string Token = "actor-token-0123456789";

    [Test]
    public async Task Service_UnderHostileRequests_NeverFailsAndLetsNobodyIn()
    {
        await using TestService service = await TestService.StartAsync(
            new ServerOptions { Tokens = $"actor:{Token}", RequestBurst = 1_000_000, RequestsPerSecond = 1_000_000, SignInsPerMinute = 1_000_000 }, listens: true);
        await service.AddRunAsync();
        string[] before = Outside(service);
        HostileCampaign campaign = await HostileCampaign.RunAsync(service.Address, Token, 300, seed: 7);
        using HttpClient client = service.CreateClient(Token);
        (int status, _) = await service.SendAsync(HttpMethod.Get, "status", client: client);
        Assert.That(campaign.Faults, Is.Empty);
        Assert.That(campaign.Statuses.Keys, Does.Contain(401).And.Contain(404).And.Contain(400));
        Assert.That(status, Is.EqualTo(200));
        Assert.That(Outside(service), Is.EqualTo(before));
    }

    private static string[] Outside(TestService service) =>
        [.. Directory.GetFileSystemEntries(Path.GetDirectoryName(service.Workplace.Home)!).Concat(Directory.GetFileSystemEntries(Path.Combine(service.Workplace.Root, "searchspaces"), "*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)];
}
