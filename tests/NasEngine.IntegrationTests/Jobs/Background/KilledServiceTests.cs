using NasEngine.Testing.Jobs;

namespace NasEngine.IntegrationTests.Jobs.Background;

internal sealed class KilledServiceTests
{
    // 'nas bench service-kill' does twenty.
    private const int Kills = 2;

    [Test]
    [CancelAfter(240_000)]
    public async Task Worker_KilledDuringARun_EndsWithTheFrontOfARunInOneProcess()
    {
        await SmallRun.RequireUninterruptedAsync();
        ServiceKillCampaign campaign = new(SmallRun.Experiment, SmallRun.Place("service").Folder, TestContext.Out);
        ServiceRun alone = await ServiceRun.OpenAsync(SmallRun.Uninterrupted);
        await using (alone)
        {
            string expected = await alone.ResultAsync();
            Assert.That(expected, Does.StartWith("run Done"));
            Assert.That(await campaign.KilledAsync(expected, Kills, SmallRun.Duration, seed: 4), Is.Empty);
        }
    }
}
