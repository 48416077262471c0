using System.Text;
using Microsoft.Data.Sqlite;
using NasEngine.Core.Errors;
using NasEngine.Core.Objectives;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Storage;

namespace NasEngine.UnitTests.Storage;

public sealed class DamagedStoreTests
{
    private static readonly TimeSpan NoHang = TimeSpan.FromSeconds(60);

    private string _folder = string.Empty;
    private string _filled = string.Empty;

    private enum Harm
    {
        CutShort,
        Overwritten,
        ZeroedPage,
        SwappedPages,
    }

    [OneTimeSetUp]
    public async Task FillStore()
    {
        _folder = Directory.CreateTempSubdirectory("nas-damage-").FullName;
        _filled = Path.Combine(_folder, "filled.db");
        await using IRunStore store = await RunStores.OpenSqliteAsync(_filled);
        await store.PutSpaceAsync("f", "space", """{"name":"space"}""", default);
        for (int run = 0; run < 3; run++)
        {
            await FillRunAsync(store, $"run-{run}");
        }
    }

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task OpenAndUse_HundredDamagedCopies_WorkOrNameTheFile()
    {
        byte[] whole = await File.ReadAllBytesAsync(_filled);
        int refused = 0;
        for (int copy = 0; copy < 100; copy++)
        {
            string file = Path.Combine(_folder, $"copy-{copy}.db");
            await File.WriteAllBytesAsync(file, Damage(whole, (Harm)(copy % 4), new Random(copy)));
            try
            {
                await UseAllAsync(file).WaitAsync(NoHang);
            }
            catch (DamagedFileException problem)
            {
                refused++;
                Assert.That(problem.File, Is.EqualTo(file));
                Assert.That(problem.Message, Does.StartWith(file).And.Not.Contain("\n"));
            }
        }

        Assert.That(refused, Is.GreaterThan(50), "the damage was too small to prove anything");
    }

    [Test]
    public async Task OpenAndUse_DamagedCopiesTooLargeToCheckOnOpening_WorkOrNameTheFile()
    {
        string large = Path.Combine(_folder, "large.db");
        await using (IRunStore store = await RunStores.OpenSqliteAsync(large))
        {
            await FillRunAsync(store, "run-0");
            await store.PutPredictorAsync("run-0", new StoredPredictor("t", "k", "k", $"\"{new string('x', 20_000_000)}\"", "{}"), default);
            await FillRunAsync(store, "run-1");
        }

        byte[] whole = await File.ReadAllBytesAsync(large);
        int refused = 0;
        for (int copy = 0; copy < 20; copy++)
        {
            Random random = new(copy);
            byte[] harmed = [.. whole];
            int page = random.Next(0, 60); // the tree pages of the small tables lie at the beginning
            random.NextBytes(harmed.AsSpan((page * 4096) + (page == 0 ? 100 : 0), 2000));
            string file = Path.Combine(_folder, "large-copy.db");
            await File.WriteAllBytesAsync(file, harmed);
            try
            {
                await UseAllAsync(file).WaitAsync(NoHang);
            }
            catch (DamagedFileException problem)
            {
                refused++;
                Assert.That(problem.File, Is.EqualTo(file));
            }

            File.Delete(file + "-wal");
            File.Delete(file + "-shm");
        }

        Assert.That(refused, Is.GreaterThan(5), "the damage was too small to prove anything");
    }

    [Test]
    public void OpenSqliteAsync_AnotherKindOfFile_IsDamaged([Values(1, 15, 99, 100, 5000)] int bytes)
    {
        string file = Path.Combine(_folder, $"text-{bytes}.db");
        File.WriteAllText(file, new string('x', bytes));
        Assert.That(async () => await UseAllAsync(file), Throws.InstanceOf<DamagedFileException>());
        Assert.That(new FileInfo(file).Length, Is.EqualTo(bytes), "a file that is refused is left as it was");
    }

    [Test]
    public async Task OpenSqliteAsync_EmptyFile_IsANewStore()
    {
        string file = Path.Combine(_folder, "empty.db");
        await File.WriteAllBytesAsync(file, []);
        await using IRunStore store = await RunStores.OpenSqliteAsync(file);
        Assert.That(await store.ListRunsAsync(1, default), Is.Empty);
    }

    [TestCase("UPDATE evaluations SET metrics = '{\"accuracy\":' WHERE sequence = 3")]
    [TestCase("UPDATE evaluations SET metrics = '{} {}' WHERE sequence = 3")]
    [TestCase("UPDATE evaluations SET metrics = x'00ff' WHERE sequence = 3")]
    [TestCase("UPDATE steps SET result = 'x'")]
    [TestCase("UPDATE steps SET finished_at = 'yesterday'")]
    [TestCase("UPDATE runs SET state = '2'")]
    [TestCase("UPDATE runs SET seed = 'x'")]
    [TestCase("UPDATE measurements SET median_ms = 'x'")]
    [TestCase("UPDATE measurements SET document = ''")]
    [TestCase("UPDATE artefacts SET details = '[1,'")]
    [TestCase("UPDATE predictors SET model = 'NaN'")]
    [TestCase("DROP TABLE artefacts")]
    [TestCase("ALTER TABLE steps RENAME COLUMN key TO label")]
    [TestCase("DELETE FROM store_schema")]
    [TestCase("UPDATE store_schema SET version = 'x'")]
    public async Task OpenAndUse_RowOrSchemaAltered_IsDamaged(string statement)
    {
        string file = Alter(statement);
        Assert.That(async () => await UseAllAsync(file), Throws.InstanceOf<DamagedFileException>().With.Message.Contains(file));
        await Task.CompletedTask;
    }

    [Test]
    public void GetFrontAsync_DamagedMetrics_IsDamaged()
    {
        string file = Alter("UPDATE evaluations SET metrics = 'x' WHERE sequence = 3");
        Assert.That(
            async () =>
            {
                await using IRunStore store = await RunStores.OpenSqliteAsync(file);
                await store.GetFrontAsync("run-0", "search", [new Objective(new MetricKey("accuracy"), Goal.Maximize)], [], default);
            },
            Throws.InstanceOf<DamagedFileException>());
    }

    private static async Task FillRunAsync(IRunStore store, string id)
    {
        await store.AddRunAsync(new RunRecord(id, "run", "space", "f", """{"a":1}""", 1, RunState.Running, DateTimeOffset.UnixEpoch, "{}"), default);
        await store.PutStepAsync(id, new StepRecord("train", "k", "{}", DateTimeOffset.UnixEpoch), default);
        await store.AppendEvaluationsAsync(
            id, "search", [.. Enumerable.Range(0, 800).Select(i => ($"{id} genotype {i * 7919 % 800}", new MetricSet(("accuracy", i / 800.0), ("latency@local", i % 37))))], default);
        await store.AppendMeasurementsAsync(
            id, [.. Enumerable.Range(0, 100).Select(i => new StoredMeasurement($"g{i}", "local", "cpu", i, i, i, """{"blocks":[]}""", DateTimeOffset.UnixEpoch))], default);
        await store.PutPredictorAsync(id, new StoredPredictor("accuracy", "linear", "k", $"[{string.Join(',', Enumerable.Range(0, 3000))}]", "{}"), default);
        await store.PutArtefactAsync(id, new Artefact("model.onnx", "model", "model.onnx", "00", 1, "{}"), default);
    }

    private static async Task UseAllAsync(string file)
    {
        await using IRunStore store = await RunStores.OpenSqliteAsync(file, TimeSpan.FromSeconds(1));
        await store.GetSpaceAsync("f", default);
        await store.ListRunsAsync(100, default);
        for (int run = 0; run < 3; run++)
        {
            string id = $"run-{run}";
            await store.FindRunAsync(id, default);
            await store.GetStepsAsync(id, default);
            await store.GetEvaluationsAsync(id, null, default);
            await store.GetFrontAsync(id, "search", [new Objective(new MetricKey("latency", "local"), Goal.Minimize), new Objective(new MetricKey("accuracy"), Goal.Maximize)], [], default);
            await store.GetMeasurementsAsync(id, "local", default);
            await store.GetPredictorAsync(id, "accuracy", default);
            await store.GetArtefactsAsync(id, default);
        }

        await store.AddRunAsync(new RunRecord("new", "run", "space", "f", "{}", 1, RunState.Running, DateTimeOffset.UnixEpoch, "{}"), default);
        await store.AppendEvaluationsAsync("new", "search", [("g", new MetricSet(("accuracy", 1)))], default);
        await store.AppendMeasurementsAsync("new", [new StoredMeasurement("g", "local", "cpu", 1, 1, 1, "{}", DateTimeOffset.UnixEpoch)], default);
        await store.DeleteRunAsync("run-1", default);
    }

    private static byte[] Damage(byte[] whole, Harm harm, Random random)
    {
        byte[] harmed = [.. whole];
        int pages = whole.Length / 4096;
        switch (harm)
        {
            case Harm.CutShort:
                return harmed[..random.Next(1, whole.Length)];
            case Harm.Overwritten:
                int start = random.Next(whole.Length - 1);
                random.NextBytes(harmed.AsSpan(start, Math.Min(random.Next(1, 20_000), whole.Length - start)));
                return harmed;
            case Harm.ZeroedPage:
                harmed.AsSpan(random.Next(pages) * 4096, 4096).Clear();
                return harmed;
            default:
                whole.AsSpan(random.Next(pages) * 4096, 4096).CopyTo(harmed.AsSpan(random.Next(pages) * 4096, 4096));
                return harmed;
        }
    }

    private string Alter(string statement)
    {
        string file = Path.Combine(_folder, $"altered-{Convert.ToHexString(Encoding.UTF8.GetBytes(statement))[..32]}-{statement.Length}.db");
        File.Copy(_filled, file, overwrite: true);
        using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // the statements are those above
        command.CommandText = statement;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        return file;
    }
}
