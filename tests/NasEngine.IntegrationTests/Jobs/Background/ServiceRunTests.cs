using System.Diagnostics;
using NasEngine.Core.Jobs;
using NasEngine.Core.Runs;
using NasEngine.Testing.Jobs;

namespace NasEngine.IntegrationTests.Jobs.Background;

/// <summary>What a user does with a run that a worker carries out.</summary>
internal sealed class ServiceRunTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Test]
    [CancelAfter(240_000)]
    public async Task Run_StoppedResumedAndGivenALargerBudget_KeepsWhatItFoundAndGoesOn()
    {
        SmallRun.RequireModules();
        NasProcess place = SmallRun.Place("budget");
        ServiceRun run = await ServiceRun.StartAsync(
            place.Database, place, SmallRun.Experiment.File, KeyValuePair.Create("search.evaluations", "36"), KeyValuePair.Create("search.verify", "4"), KeyValuePair.Create("train.steps", "14"));
        await using (run)
        {
            using Process worker = place.Start("worker", "--device", "local=local");
            Task<NasOutcome> end = NasProcess.EndAsync(worker);
            await UntilAsync(async () => (await run.Stores.Jobs.CountAsync(run.Id, default))[JobState.Processing] > 0, end);
            await run.Service.StopRunAsync(run.Id, default);
            await UntilAsync(async () => (await run.Stores.Jobs.CountAsync(run.Id, default)) is { } counts && counts[JobState.Processing] + counts[JobState.Enqueued] + counts[JobState.Awaiting] == 0, end);
            Assert.That(await run.StateAsync(), Is.EqualTo(RunState.Stopped));

            await run.Service.ResumeRunAsync(run.Id, default);
            Assert.That(await run.EndAsync(Limit), Is.EqualTo(RunState.Done), await run.DescribeAsync());
            IReadOnlyList<StoredEvaluation> before = await run.Store.Runs.GetEvaluationsAsync(run.Id, "search", default);
            Assert.That(before, Has.Count.EqualTo(36));

            Assert.That(await run.Service.ChangeBudgetAsync(run.Id, new RunBudget(60, null), default), Is.EqualTo(new RunBudget(60, 4)));
            Assert.That(await run.EndAsync(Limit), Is.EqualTo(RunState.Done), await run.DescribeAsync());
            IReadOnlyList<StoredEvaluation> after = await run.Store.Runs.GetEvaluationsAsync(run.Id, "search", default);
            Assert.That(after, Has.Count.EqualTo(60));
            Assert.That(after.Take(36).Select(one => one.Genotype), Is.EqualTo(before.Select(one => one.Genotype)));

            JobRecord drift = await run.Service.RemeasureAsync("local", default), export = await run.Service.ExportAsync(run.Id, null, "fastest", default);
            await UntilAsync(async () => (await run.Stores.Jobs.FindAsync(drift.Id, default))!.State.IsFinished() && (await run.Stores.Jobs.FindAsync(export.Id, default))!.State.IsFinished(), end);
            Assert.That((await run.Stores.Jobs.FindAsync(export.Id, default))!.Result, Does.Contain(".onnx"), await run.DescribeAsync());
            DeviceDrift measured = (await run.Stores.Recurring.GetDriftAsync("local", 10, default)).Single();
            Assert.That((measured.DriftPercent, measured.Networks, measured.JobId), Is.EqualTo((0.0, 8, drift.Id)));
            Assert.That((await run.Stores.Log.GetConsoleAsync(drift.Id, 0, 10, default)).Select(line => line.Text), Has.Some.Contains("local: +0.0 %"));

            NasProcess.Interrupt(worker);
            NasOutcome outcome = await end;
            Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
            Assert.That(await run.Stores.Workers.GetWorkersAsync(default), Is.Empty);
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> isTrue, Task<NasOutcome> end)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!await isTrue())
        {
            Assert.That(end.IsCompleted, Is.False, end.IsCompleted ? (await end).ToString() : null);
            Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(Limit));
            await Task.Delay(20);
        }
    }
}
