using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using NasEngine.Core.Runs;
using NasEngine.Testing.Jobs;

namespace NasEngine.IntegrationTests.Jobs.Background;

/// <summary>The commands that do a run's steps up to one, carried out by a service.</summary>
internal sealed class RemoteStepTests
{
    [Test]
    [CancelAfter(240_000)]
    public async Task Steps_OnAService_GiveWhatTheyGiveHereAndTheRunGoesOnFromThem()
    {
        await SmallRun.RequireUninterruptedAsync();
        await using ServiceRun alone = await ServiceRun.OpenAsync(SmallRun.Uninterrupted);
        NasProcess place = SmallRun.Place("remote");
        SmallExperiment experiment = new(Path.Combine(place.Home, "data", "small"));
        using Process service = place.Start("serve", "--port", "0");
        try
        {
            string[] server = ["--server", (await NasProcess.AddressOfAsync(service)).ToString()];
            NasOutcome trained = await place.RunAsync(["train", experiment.File, .. server]);
            Assert.That(trained.ExitCode, Is.Zero, trained.ToString());
            Assert.That(trained.Error, Does.Contain("train supernet").And.Contain("train is done").And.Not.Contain("sample is done"));
            string local = (await alone.Store.Runs.GetStepsAsync(alone.Id, default)).Single(step => step.Step == "train").Result;
            Assert.That(Curve(trained.Output), Is.EqualTo(Curve(local)));
            Assert.That(Curve(local), Does.Contain("largestAccuracy"));
            await using ServiceRun run = await ServiceRun.OpenAsync(place);
            RunRecord stopped = await FindAsync(run);
            Assert.That((stopped.State, stopped.Until), Is.EqualTo((RunState.Stopped, "train")));
            Assert.That((await run.Store.Runs.GetTrainingAsync(run.Id, default)).Select(point => point.Step), Is.EqualTo(new long[] { 10, 20, 30, 40, 50, 60 }));

            using Process fit = place.Start(["fit", experiment.File, .. server]);
            Task<string?> first = fit.StandardError.ReadLineAsync();
            Assert.That(await first, Does.StartWith("run small-"));
            NasProcess.Interrupt(fit);
            NasOutcome left = await NasProcess.EndAsync(fit);
            Assert.That(left.ExitCode, Is.EqualTo(130), left.ToString());
            Assert.That(left.Error, Does.Contain("nas fit: run small-").And.Contain("goes on at").And.Not.Contain("   at "));
            NasOutcome fitted = await place.RunAsync(["fit", experiment.File, "--quiet", .. server]);
            Assert.That(fitted.ExitCode, Is.Zero, fitted.ToString());
            Assert.That(JsonDocument.Parse(fitted.Output).RootElement.GetProperty("predictors").GetArrayLength(), Is.GreaterThan(1));

            NasOutcome whole = await place.RunAsync(["run", experiment.File, "--json", .. server]);
            Assert.That(whole.ExitCode, Is.Zero, whole.ToString());
            RunRecord done = await FindAsync(run);
            Assert.That((done.State, done.Until), Is.EqualTo((RunState.Done, (string?)null)));
            Assert.That(await run.ResultAsync(), Is.EqualTo(await alone.ResultAsync()));
            Assert.That(JsonDocument.Parse(whole.Output).RootElement.GetArrayLength(), Is.GreaterThan(1));
        }
        finally
        {
            await NasProcess.StopAsync(service);
        }
    }

    private static string Curve(string output) => JsonNode.Parse(output)!["curve"]!.ToJsonString();

    private static async Task<RunRecord> FindAsync(ServiceRun run) => (await run.Store.Runs.FindRunAsync(run.Id, default))!;
}
