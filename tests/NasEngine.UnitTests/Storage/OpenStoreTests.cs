using Microsoft.Data.Sqlite;
using NasEngine.Core.Errors;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Storage;

namespace NasEngine.UnitTests.Storage;

public sealed class OpenStoreTests
{
    private string _folder = string.Empty;

    private string File => Path.Combine(_folder, "nas.db");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("nas-open-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task OpenSqliteAsync_ClosedAndOpenedAgain_HasWhatWasWritten()
    {
        await using (IRunStore first = await RunStores.OpenSqliteAsync(File))
        {
            await first.AddRunAsync(Run("a"), default);
            await first.AppendEvaluationsAsync("a", "s", [("g", new MetricSet(("accuracy", 0.5)))], default);
        }

        Assert.That(Directory.GetFiles(_folder), Is.EqualTo(new[] { File }), "a closed store is one file");
        await using IRunStore second = await RunStores.OpenSqliteAsync(File);
        await second.AppendEvaluationsAsync("a", "s", [("g", new MetricSet(("accuracy", 0.9))), ("h", new MetricSet(("accuracy", 0.7)))], default);
        Assert.That(
            (await second.GetEvaluationsAsync("a", "s", default)).Select(row => (row.Sequence, row.Metrics["accuracy"])), Is.EqualTo(new[] { (0L, 0.5), (1L, 0.7) }));
    }

    [Test]
    public async Task OpenSqliteAsync_ManyAtOnceOnANewFile_AllUseOneSchema()
    {
        IRunStore[] stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RunStores.OpenSqliteAsync(File)));
        await stores[0].AddRunAsync(Run("a"), default);
        await Task.WhenAll(stores.Select((store, writer) => Task.Run(async () =>
        {
            for (int batch = 0; batch < 10; batch++)
            {
                await store.AppendEvaluationsAsync("a", "s", [($"own {writer} {batch}", new MetricSet(("accuracy", 1))), ($"shared {batch}", new MetricSet(("accuracy", 1)))], default);
            }
        })));
        Assert.That((await stores[3].GetEvaluationsAsync("a", "s", default)).Select(row => row.Sequence), Is.EqualTo(Enumerable.Range(0, 70)));
        foreach (IRunStore store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Test]
    public async Task Write_AnotherProcessHoldsTheFile_FailsWithOneClearLineAndWorksAfterwards()
    {
        await using IRunStore store = await RunStores.OpenSqliteAsync(File, TimeSpan.FromMilliseconds(20));
        using (SqliteConnection other = Open("BEGIN IMMEDIATE"))
        {
            Assert.That(async () => await store.AddRunAsync(Run("a"), default), Throws.InstanceOf<WorkFailedException>().With.Message.Contains("busy by another process"));
            Assert.That(await store.ListRunsAsync(1, default), Is.Empty, "reading goes on");
        }

        await store.AddRunAsync(Run("a"), default);
        Assert.That(await store.ListRunsAsync(1, default), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Write_FailsHalfWay_LeavesNothing()
    {
        await using IRunStore store = await RunStores.OpenSqliteAsync(File);
        await store.AddRunAsync(Run("a"), default);
        Assert.That(async () => await store.AppendEvaluationsAsync("a", "s", [("g", new MetricSet(("accuracy", 1))), (null!, null!)], default), Throws.Exception);
        Assert.That(await store.GetEvaluationsAsync("a", null, default), Is.Empty);
        await store.AppendEvaluationsAsync("a", "s", [("g", new MetricSet(("accuracy", 1)))], default);
        Assert.That(await store.GetEvaluationsAsync("a", null, default), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Use_AfterDispose_IsRefused()
    {
        IRunStore store = await RunStores.OpenSqliteAsync(File);
        await store.DisposeAsync();
        await store.DisposeAsync();
        Assert.That(async () => await store.ListRunsAsync(1, default), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(async () => await store.AddRunAsync(Run("a"), default), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Write_AlreadyCancelled_WritesNothing()
    {
        await using IRunStore store = await RunStores.OpenSqliteAsync(File);
        Assert.That(async () => await store.AddRunAsync(Run("a"), new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await store.ListRunsAsync(1, default), Is.Empty);
    }

    [Test]
    public async Task OpenSqliteAsync_NewerSchema_SaysToUpdate()
    {
        await (await RunStores.OpenSqliteAsync(File)).DisposeAsync();
        Open("UPDATE store_schema SET version = 99").Dispose();
        Assert.That(async () => await RunStores.OpenSqliteAsync(File), Throws.InstanceOf<UsageException>().With.Message.Contains("schema is 99"));
    }

    [Test]
    public void OpenSqliteAsync_DatabaseOfAnotherProgram_IsRefusedUntouched()
    {
        Open("CREATE TABLE bookmarks (url TEXT)").Dispose();
        byte[] before = System.IO.File.ReadAllBytes(File);
        Assert.That(async () => await RunStores.OpenSqliteAsync(File), Throws.InstanceOf<UsageException>().With.Message.Contains("another program"));
        Assert.That(System.IO.File.ReadAllBytes(File), Is.EqualTo(before));
    }

    [Test]
    public void OpenSqliteAsync_Folder_IsRefused() =>
        Assert.That(async () => await RunStores.OpenSqliteAsync(_folder), Throws.InstanceOf<UsageException>().With.Message.Contains("is a folder"));

    [TestCase("file/nas.db")]
    [TestCase("file/deeper/nas.db")]
    [TestCase("bad\0name/nas.db")]
    public void OpenSqliteAsync_FolderCannotBeMade_IsRefused(string path)
    {
        System.IO.File.WriteAllText(Path.Combine(_folder, "file"), "x");
        Assert.That(async () => await RunStores.OpenSqliteAsync(Path.Combine(_folder, path)), Throws.InstanceOf<UsageException>());
    }

    private static RunRecord Run(string id) => new(id, "run", "space", "f", "{}", 1, RunState.Running, DateTimeOffset.UnixEpoch, "{}");

    private SqliteConnection Open(string statement)
    {
        SqliteConnection connection = new($"Data Source={File};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // the statements are those above
        command.CommandText = statement;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        return connection;
    }
}
