using NasEngine.Testing.Jobs;

namespace NasEngine.IntegrationTests.Jobs;

[Parallelizable]
internal sealed class RepeatedRunTests
{
    [Test]
    public async Task Run_SameSeedInAnotherProcess_GivesTheSameFrontByteForByte()
    {
        await SmallRun.RequireUninterruptedAsync();
        NasProcess place = SmallRun.Place("second");
        NasOutcome second = await place.RunAsync("run", SmallRun.Experiment.File);
        Assert.That(second.ExitCode, Is.Zero, second.ToString());
        Assert.That(await File.ReadAllBytesAsync(place.Files("front.csv").Single()), Is.EqualTo(await File.ReadAllBytesAsync(SmallRun.Uninterrupted.Files("front.csv").Single())));
        Assert.That(await KillCampaign.EndAsync(place), Is.EqualTo(await KillCampaign.EndAsync(SmallRun.Uninterrupted)));
    }

    [Test]
    public async Task Run_OtherSeed_IsAnotherRunWithOtherResults()
    {
        await SmallRun.RequireUninterruptedAsync();
        NasProcess place = SmallRun.Place("other-seed");
        NasOutcome other = await place.RunAsync("run", SmallRun.Experiment.File, "--seed", "2", "--quiet");
        Assert.That(other.ExitCode, Is.Zero, other.ToString());
        Assert.That(other.Error, Is.Empty, "--quiet shows no progress");
        Assert.That(await File.ReadAllTextAsync(place.Files("front.csv").Single()), Is.Not.EqualTo(await File.ReadAllTextAsync(SmallRun.Uninterrupted.Files("front.csv").Single())));
    }

    [Test]
    public async Task Run_FinishedAlready_DoesNothingAndPrintsTheSameFront()
    {
        NasOutcome first = await SmallRun.RequireUninterruptedAsync();
        Dictionary<string, DateTime> before = Written();
        NasOutcome again = await SmallRun.Uninterrupted.RunAsync("run", SmallRun.Experiment.File);
        Assert.That(again.ExitCode, Is.Zero, again.ToString());
        Assert.That(again.Output, Is.EqualTo(first.Output));
        Assert.That(again.Error.Trim().Split('\n'), Has.Length.EqualTo(1), "no step shows progress");
        Assert.That(Written(), Is.EqualTo(before));

        static Dictionary<string, DateTime> Written() => SmallRun.Uninterrupted.Files("*.*").Where(file => Path.GetFileName(file) is not ".lock" && !Path.GetFileName(file).StartsWith("nas.db", StringComparison.Ordinal))
            .ToDictionary(file => file, File.GetLastWriteTimeUtc);
    }

    [Test]
    public async Task Run_Fresh_DoesEverythingAgainOnTheTrainedSupernet()
    {
        await SmallRun.RequireUninterruptedAsync();
        NasProcess place = Beside("fresh");
        NasOutcome first = await place.RunAsync("search", SmallRun.Experiment.File), fresh = await place.RunAsync("search", SmallRun.Experiment.File, "--fresh");
        Assert.That((first.ExitCode, fresh.ExitCode), Is.EqualTo((0, 0)), $"{first}\n{fresh}");
        Assert.That(fresh.Error, Does.Contain("evaluate subnets: 12/12").And.Contain("search: 60/60").And.Not.Contain("train supernet"));
        Assert.That(fresh.Output, Is.EqualTo(first.Output));
    }

    [TestCase("train", "train")]
    [TestCase("profile", "profile")]
    [TestCase("fit", "train,sample,profile,fit")]
    [TestCase("search", "train,sample,profile,fit,search")]
    public async Task UntilCommand_NewRun_DoesItsStepsAndNoOther(string command, string steps)
    {
        await SmallRun.RequireUninterruptedAsync();
        NasProcess place = Beside($"until-{command}");
        NasOutcome outcome = await place.RunAsync(command, SmallRun.Experiment.File);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        NasOutcome shown = await place.RunAsync("runs", "show");
        Assert.That(
            System.Text.Json.JsonDocument.Parse(shown.Output).RootElement.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("step").GetString()),
            Is.EquivalentTo(steps.Split(',')));
        Assert.That(() => System.Text.Json.JsonDocument.Parse(outcome.Output), Throws.Nothing);
    }

    [Test]
    public async Task Check_FromAnyFolder_NamesTheSameRun()
    {
        NasProcess place = new(SmallRun.Experiment.Folder);
        NasOutcome near = await place.RunAsync("run", Path.GetFileName(SmallRun.Experiment.File), "--check"), far = await SmallRun.Place("far").RunAsync("run", SmallRun.Experiment.File, "--check");
        Assert.That(near.ExitCode, Is.Zero, near.ToString());
        Assert.That(near.Output, Is.EqualTo(far.Output));
    }

    [Test]
    public async Task Check_ExperimentFromAPipe_IsReadOnce()
    {
        string pipe = Path.Combine(SmallRun.Experiment.Folder, "pipe.json");
        using System.Diagnostics.Process make = System.Diagnostics.Process.Start("mkfifo", [pipe]);
        await make.WaitForExitAsync();
        Task<NasOutcome> reading = SmallRun.Place("pipe").RunAsync("run", pipe, "--check");
        await File.WriteAllBytesAsync(pipe, await File.ReadAllBytesAsync(SmallRun.Experiment.File));
        NasOutcome outcome = await reading;
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Output, Does.Contain("108 architectures of small"));
    }

    [Test]
    public async Task Train_DataChangedSinceTheTraining_IsRefusedUntilFresh()
    {
        SmallExperiment own = new(SmallRun.Place("changed-data").Folder);
        NasProcess place = new(own.Folder);
        Assert.That((await place.RunAsync("train", own.File)).ExitCode, Is.Zero);
        File.Copy(Path.Combine(own.Data, "t10k-images-idx3-ubyte.gz"), Path.Combine(own.Data, "train-images-idx3-ubyte.gz"), overwrite: true);
        File.Copy(Path.Combine(own.Data, "t10k-labels-idx1-ubyte.gz"), Path.Combine(own.Data, "train-labels-idx1-ubyte.gz"), overwrite: true);
        NasOutcome changed = await place.RunAsync("train", own.File);
        Assert.That(changed.ExitCode, Is.EqualTo(2), changed.ToString());
        Assert.That(changed.Error, Does.Contain("The data of run small-").And.Contain("--fresh"));
    }

    // A workplace of its own that finds the supernet trained.
    private static NasProcess Beside(string name)
    {
        NasProcess place = SmallRun.Place(name);
        place.Environs["NAS_HOME"] = SmallRun.Uninterrupted.Home;
        return place;
    }
}
