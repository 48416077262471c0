using System.Net;
using System.Net.Sockets;
using Dapper;
using NasEngine.Core.Errors;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Storage;
using NasEngine.Testing;
using NasEngine.Testing.Storage;

namespace NasEngine.IntegrationTests.Storage;

public sealed class PostgresStoreTests
{
    [Test]
    public async Task OpenAsync_StoreOfVersionOne_HasAllOfIt()
    {
        string url = PostgresServer.Shared.NewStore();
        PostgresServer.Execute(VersionOneStore.PostgresTables, url);
        PostgresServer.Execute(VersionOneStore.Rows, url);
        await using NasStore store = await NasStore.OpenAsync(url);
        Assert.That((await store.SummarizeAsync(default)).Schema, Is.GreaterThan(1));
        await VersionOneStore.ExpectAllAsync(store.Runs);
    }

    [Test]
    public async Task OpenAsync_ManyAtOnceOnAnEmptyDatabase_AllUseOneSchema()
    {
        string url = PostgresServer.Shared.NewDatabase();
        NasStore[] stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => NasStore.OpenAsync(url)));
        await stores[0].Runs.AddRunAsync(Run("a"), default);
        await Task.WhenAll(stores.Select((store, writer) => Task.Run(async () =>
        {
            for (int batch = 0; batch < 10; batch++)
            {
                await store.Runs.AppendEvaluationsAsync("a", "s", [($"own {writer} {batch}", new MetricSet(("accuracy", 1))), ($"shared {batch}", new MetricSet(("accuracy", 1)))], default);
            }
        })));
        Assert.That((await stores[3].Runs.GetEvaluationsAsync("a", "s", default)).Select(row => row.Sequence), Is.EqualTo(Enumerable.Range(0, 70)));
        foreach (NasStore store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Test]
    public void OpenAsync_NobodyListens_SaysWhereInOneLine()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        Assert.That(
            async () => await NasStore.OpenAsync($"postgres://nas:secret@127.0.0.1:{port}/nas"),
            Throws.InstanceOf<WorkFailedException>().With.Message.Contains($"127.0.0.1:{port}").And.Message.Not.Contains("secret").And.Message.Not.Contains("\n"));
    }

    [TestCase("/postgres", "/absent", "no such database")]
    [TestCase("//nas:", "//nas:wrong-", "refuses this user or password")]
    [TestCase("//nas:", "//stranger:", "refuses this user or password")]
    [TestCase("/postgres", "/postgres?search_path=absent", "no schema")]
    public void OpenAsync_ServerRefuses_SaysWhyWithoutThePassword(string part, string other, string reason) =>
        Assert.That(
            async () => await NasStore.OpenAsync(PostgresServer.Shared.Url.Replace(part, other, StringComparison.Ordinal).Replace($"{other}://", "postgres://", StringComparison.Ordinal)),
            Throws.InstanceOf<UsageException>().With.Message.Contains(reason).And.Message.Not.Contains("w/rd").And.Message.Not.Contains("\n"));

    [Test]
    public async Task OpenAsync_NewerSchema_SaysToUpdate()
    {
        string url = PostgresServer.Shared.NewStore();
        await (await NasStore.OpenAsync(url)).DisposeAsync();
        PostgresServer.Execute("UPDATE store_schema SET version = 99", url);
        Assert.That(async () => await NasStore.OpenAsync(url), Throws.InstanceOf<UsageException>().With.Message.Contains("schema is 99"));
    }

    [TestCase("DELETE FROM store_schema")]
    [TestCase("DROP TABLE steps CASCADE")]
    [TestCase("ALTER TABLE steps RENAME COLUMN key TO label")]
    [TestCase("UPDATE steps SET result = 'x'")]
    [TestCase("UPDATE steps SET finished_at = 'yesterday'")]
    public async Task OpenAndUse_RowOrSchemaAltered_IsDamaged(string statement)
    {
        string url = PostgresServer.Shared.NewStore();
        await using (NasStore store = await NasStore.OpenAsync(url))
        {
            await store.Runs.AddRunAsync(Run("a"), default);
            await store.Runs.PutStepAsync("a", new StepRecord("train", "k", "{}", DateTimeOffset.UnixEpoch), default);
        }

        PostgresServer.Execute(statement, url);
        Assert.That(
            async () =>
            {
                await using NasStore store = await NasStore.OpenAsync(url);
                await store.Runs.GetStepsAsync("a", default);
            },
            Throws.InstanceOf<DamagedFileException>().With.Message.StartsWith("postgres://nas@"));
    }

    [Test]
    public async Task Write_AnotherHoldsTheRow_FailsWithOneClearLineAndWorksAfterwards()
    {
        string url = PostgresServer.Shared.NewStore();
        await using NasStore patient = await NasStore.OpenAsync(url);
        await using NasStore hasty = await NasStore.OpenAsync(url, TimeSpan.FromMilliseconds(20));
        await patient.Runs.AddRunAsync(Run("a"), default);
        await patient.Database.WriteAsync(
            (connection, transaction) =>
            {
                connection.Execute("SELECT id FROM runs FOR UPDATE", transaction: transaction);
                Assert.That(() => hasty.Runs.SetRunStateAsync("a", RunState.Done, default).GetAwaiter().GetResult(), Throws.InstanceOf<WorkFailedException>().With.Message.Contains("busy"));
            },
            default);
        await hasty.Runs.SetRunStateAsync("a", RunState.Done, default);
        Assert.That((await patient.Runs.FindRunAsync("a", default))!.State, Is.EqualTo(RunState.Done));
    }

    [Test]
    public async Task Write_TwoWaitForEachOther_BothAreDone()
    {
        await using NasStore store = await NasStore.OpenAsync(PostgresServer.Shared.NewStore() + "&options=-c%20deadlock_timeout%3D20ms");
        await store.Runs.AddRunAsync(Run("a"), default);
        await store.Runs.AddRunAsync(Run("b"), default);
        using Barrier bothHoldOne = new(2);
        int attempts = 0;
        Task Rename(string first, string second) => store.Database.WriteAsync(
            (connection, transaction) =>
            {
                connection.Execute("UPDATE runs SET name = name || @first WHERE id = @first", new { first }, transaction);
                if (Interlocked.Increment(ref attempts) <= 2)
                {
                    bothHoldOne.SignalAndWait();
                }

                connection.Execute("UPDATE runs SET name = name || @first WHERE id = @second", new { first, second }, transaction);
            },
            default);
        await Task.WhenAll(Rename("a", "b"), Rename("b", "a"));
        Assert.That(attempts, Is.EqualTo(3));
        Assert.That((await store.Runs.ListRunsAsync(2, default)).Select(run => run.Name), Is.All.EqualTo("runab").Or.EqualTo("runba"));
    }

    [Test]
    public async Task Write_FailsHalfWay_LeavesNothing()
    {
        await using NasStore store = await NasStore.OpenAsync(PostgresServer.Shared.NewStore());
        await store.Runs.AddRunAsync(Run("a"), default);
        Assert.That(async () => await store.Runs.AppendEvaluationsAsync("a", "s", [("g", new MetricSet(("accuracy", 1))), (null!, null!)], default), Throws.Exception);
        Assert.That(async () => await store.Runs.AppendEvaluationsAsync("a", "s", [("zero \0", new MetricSet(("accuracy", 1)))], default), Throws.InstanceOf<UsageException>());
        Assert.That(await store.Runs.GetEvaluationsAsync("a", null, default), Is.Empty);
    }

    [Test]
    public async Task Use_ConnectionsWereEndedByTheServer_GoesOn()
    {
        string url = PostgresServer.Shared.NewDatabase();
        await using NasStore store = await NasStore.OpenAsync(url);
        await store.Runs.AddRunAsync(Run("a"), default);
        PostgresServer.Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", url);
        Assert.That(await store.Runs.ListRunsAsync(1, default), Has.Count.EqualTo(1));
        await store.Runs.AddRunAsync(Run("b"), default);
    }

    [Test]
    public async Task Use_AfterDispose_IsRefused()
    {
        NasStore store = await NasStore.OpenAsync(PostgresServer.Shared.NewStore());
        await store.DisposeAsync();
        await store.DisposeAsync();
        Assert.That(async () => await store.Runs.ListRunsAsync(1, default), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(async () => await store.Runs.AddRunAsync(Run("a"), default), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public async Task ExportAndImport_SqliteToPostgresAndBack_KeepsEverything()
    {
        using TemporaryFolder folder = new();
        await using NasStore first = await NasStore.OpenAsync(folder.PathOf("first/nas.db"));
        await TransferSample.FillAsync(first, folder.FullName);
        string[] lines = await TransferSample.ExportAsync(first, folder.PathOf("first.gz"));

        await using NasStore second = await NasStore.OpenAsync(PostgresServer.Shared.NewStore());
        for (int time = 0; time < 2; time++)
        {
            await second.ImportAsync(folder.PathOf("first.gz"), default);
            Assert.That(await TransferSample.ExportAsync(second, folder.PathOf("second.gz")), Is.EqualTo(lines));
        }

        await using NasStore third = await NasStore.OpenAsync(folder.PathOf("third/nas.db"));
        await third.ImportAsync(folder.PathOf("second.gz"), default);
        Assert.That(await TransferSample.ExportAsync(third, folder.PathOf("third.gz")), Is.EqualTo(lines));
    }

    private static RunRecord Run(string id) => new(id, "run", "space", "f", "{}", 1, RunState.Running, DateTimeOffset.UnixEpoch, "{}");
}
