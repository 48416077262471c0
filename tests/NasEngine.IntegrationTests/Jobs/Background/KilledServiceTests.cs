using NasEngine.Testing.Jobs;

namespace NasEngine.IntegrationTests.Jobs.Background;

internal sealed class KilledServiceTests
{
    // 'nas bench service-kill' does twenty.
    private const int Kills = 2;

    [Test]
    [CancelAfter(240_000)]
    public async Task Worker_KilledDuringARun_EndsWithTheFrontOfTheUninterruptedOne()
    {
        SmallRun.RequireModules();
        ServiceKillCampaign campaign = new(SmallRun.Experiment, SmallRun.Place("service").Folder, TestContext.Out);
        (string expected, TimeSpan duration) = await campaign.UninterruptedAsync();
        (string result, int kills) = await campaign.KilledAsync(Kills, duration, seed: 4);
        Assert.That(result, Is.EqualTo(expected).And.Contains(" Done"));
        Assert.That(kills, Is.EqualTo(Kills));
    }
}
