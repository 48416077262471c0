using System.Diagnostics;
using NasEngine.Jobs.Runs;
using NasEngine.Testing.Jobs;

namespace NasEngine.IntegrationTests.Jobs;

[Parallelizable]
internal sealed class StoppedRunTests
{
    // 'nas bench kill' does ten.
    private const int Rounds = 3;

    [Test]
    [CancelAfter(180_000)]
    public async Task Run_KilledAtRandomMoments_EndsAsTheUninterruptedRun()
    {
        await SmallRun.RequireUninterruptedAsync();
        KillCampaign campaign = new(SmallRun.Experiment, SmallRun.Place("killed").Folder, TestContext.Out);
        Assert.That(await campaign.RunAsync(SmallRun.Uninterrupted, SmallRun.Duration, Rounds, seed: 1), Is.Empty);
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task Run_InterruptedWhileTraining_KeepsACheckpointAndGoesOnFromIt()
    {
        await SmallRun.RequireUninterruptedAsync();
        NasProcess place = SmallRun.Place("interrupted");
        using Process process = place.Start("run", SmallRun.Experiment.File);
        Task<NasOutcome> end = NasProcess.EndAsync(process);
        string supernets = Path.Combine(place.Home, "supernets");
        while (!end.IsCompleted && !(Directory.Exists(supernets) && Directory.GetFiles(supernets, "*.safetensors").Length > 0))
        {
            await Task.WhenAny(end, Task.Delay(5));
        }

        NasProcess.Interrupt(process);
        NasOutcome stopped = await end;
        Assert.That(stopped.ExitCode, Is.EqualTo(130), stopped.ToString());
        Assert.That(stopped.Error, Does.Contain("nas run: stopped. What was done is kept").And.Not.Contain("   at "));
        Assert.That(Directory.GetFiles(supernets, "*.safetensors"), Has.Length.EqualTo(1));
        Assert.That((await place.RunAsync("runs", "list")).Output, Does.Contain("stopped"));

        NasOutcome again = await place.RunAsync("run", SmallRun.Experiment.File);
        Assert.That(again.ExitCode, Is.Zero, again.ToString());
        Assert.That(again.Error, Does.Contain("training goes on at step "));
        Assert.That(await KillCampaign.EndAsync(place), Is.EqualTo(await KillCampaign.EndAsync(SmallRun.Uninterrupted)));
    }

    [Test]
    public async Task Run_WhileAnotherProcessWorksOnIt_FailsAndSaysSo()
    {
        NasProcess place = SmallRun.Place("twice");
        string id = (await place.RunAsync("run", SmallRun.Experiment.File, "--check")).Output.Split(':')[0];
        string folder = Directory.CreateDirectory(Path.Combine(place.Results, id)).FullName;
        using FileStream other = RunLock.Take(Path.Combine(folder, ".lock"), "is this test");
        NasOutcome second = await place.RunAsync("run", SmallRun.Experiment.File);
        Assert.That(second.ExitCode, Is.EqualTo(1), second.ToString());
        Assert.That(second.Error, Does.Contain($"nas run: Another process works on run {id} at the moment").And.Not.Contain("   at "));
    }
}
