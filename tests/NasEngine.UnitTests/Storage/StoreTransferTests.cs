using NasEngine.Core.Errors;
using NasEngine.Storage;
using NasEngine.Testing.Storage;

namespace NasEngine.UnitTests.Storage;

public sealed class StoreTransferTests
{
    private string _folder = string.Empty;
    private string _exported = string.Empty;
    private string[] _lines = [];

    [OneTimeSetUp]
    public async Task ExportSample()
    {
        _folder = Directory.CreateTempSubdirectory("nas-transfer-").FullName;
        _exported = PathOf("all.nas.gz");
        await using NasStore store = await NasStore.OpenAsync(PathOf("sample/nas.db"));
        await TransferSample.FillAsync(store, _folder);
        _lines = await TransferSample.ExportAsync(store, _exported);
    }

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task ImportAsync_IntoAnEmptyStoreTwice_GivesAnEqualStoreBothTimes()
    {
        await using NasStore copy = await OpenAsync("copy");
        for (int time = 0; time < 2; time++)
        {
            await copy.ImportAsync(_exported, default);
            Assert.That(await TransferSample.ExportAsync(copy, PathOf("again.nas.gz")), Is.EqualTo(_lines));
        }

        Assert.That(await copy.Runs.GetNoteAsync("a", default), Is.EqualTo(new NasEngine.Core.Runs.RunNote("of a\nKÄSE", 2, DateTimeOffset.UnixEpoch.AddTicks(6))));
        Assert.That((await copy.Queries.ListAsync(new NasEngine.Core.Runs.RunFilter(null, null, "käse", true, 10, null), default)).Total, Is.EqualTo(2), "notes are found in the copy, too");
        StoreSummary found = await copy.SummarizeAsync(default);
        Assert.That((found.Runs, found.Evaluations, found.Measurements, found.Files, found.FileBytes), Is.EqualTo((3L, 3 * 2302L, 16L, 3L, 2_500_005L)));
    }

    [Test]
    public async Task ImportAsync_StoreHasAPart_AddsTheRestAndChangesNothing()
    {
        await using NasStore copy = await OpenAsync("part");
        TransferSample.WriteLines(PathOf("part.gz"), [_lines[0], _lines.First(line => line.Contains("\"z\"", StringComparison.Ordinal)).Replace("Done", "Stopped", StringComparison.Ordinal), """{"type":"end","lines":2}""", string.Empty]);
        await copy.ImportAsync(PathOf("part.gz"), default);
        await copy.ImportAsync(_exported, default);
        Assert.That((await copy.Runs.FindRunAsync("z", default))!.State, Is.EqualTo(NasEngine.Core.Runs.RunState.Stopped));
        Assert.That(await copy.Runs.GetEvaluationsAsync("z", null, default), Has.Count.EqualTo(2302));
    }

    [Test]
    public void ExportAsync_ToAFolderThatIsNone_IsRefused()
    {
        Assert.That(
            async () =>
            {
                await using NasStore store = await OpenAsync("unwritable");
                await store.ExportAsync(Path.Combine(_exported, "x"), default);
            },
            Throws.InstanceOf<UsageException>());
    }

    [Test]
    public void ImportAsync_FileIsCutShort_IsDamaged([Values(0, 1, 20, 1000, 100_000)] int bytes)
    {
        string file = PathOf($"cut-{bytes}.gz");
        File.WriteAllBytes(file, File.ReadAllBytes(_exported)[..bytes]);
        ExpectDamaged(file);
    }

    [Test]
    public void ImportAsync_FileIsSomethingElse_IsDamaged()
    {
        string file = PathOf("text.gz");
        File.WriteAllText(file, "this is no gzip");
        ExpectDamaged(file);
        TransferSample.WriteLines(file, ["""{"a":1}"""]);
        ExpectDamaged(file);
        TransferSample.WriteLines(file, _lines[1..]);
        ExpectDamaged(file);
    }

    [TestCase("\"state\":\"Done\"", "\"state\":\"7\"")]
    [TestCase("\"createdAt\":\"1970", "\"createdAt\":\"early")]
    [TestCase("\"experiment\":\"{", "\"experiment\":\"{{")]
    [TestCase("{\"type\":\"run\",\"id\":\"a\"", "{\"type\":\"run\",\"id\":\"b\"")]
    [TestCase("\"changedAt\":\"1970", "\"changedAt\":\"early")]
    [TestCase("{\"type\":\"step\"", "{\"type\":\"stairs\"")]
    [TestCase("\"fingerprint\":\"f\",", "")]
    [TestCase("\"metrics\":\"{", "\"metrics\":\"")]
    [TestCase("{\"type\":\"piece\",\"content\":\"", "{\"type\":\"piece\",\"content\":\"AAAA")]
    [TestCase("{\"type\":\"file\"", "{\"type\":\"end\",\"lines\":5}{\"type\":\"file\"")]
    public async Task ImportAsync_LineAltered_IsDamagedAndNothingIsAdded(string text, string altered)
    {
        string[] lines = [.. _lines];
        int index = Array.FindIndex(lines, line => line.Contains(text, StringComparison.Ordinal));
        lines[index] = lines[index].Replace(text, altered, StringComparison.Ordinal);
        string file = PathOf("altered.gz");
        TransferSample.WriteLines(file, lines);
        await using NasStore store = await OpenAsync($"altered-{text.Length}-{altered.Length}-{index}");
        Assert.That(async () => await store.ImportAsync(file, default), Throws.InstanceOf<DamagedFileException>().With.Message.StartsWith(file));
        StoreSummary found = await store.SummarizeAsync(default);
        Assert.That((found.Runs, found.Spaces, found.Measurements), Is.EqualTo((0L, 0L, 0L)));
    }

    [Test]
    public void ImportAsync_NewerFormat_SaysToUpdate()
    {
        TransferSample.WriteLines(PathOf("newer.gz"), ["""{"type":"nas-store","version":99}"""]);
        Assert.That(async () => await ImportAsync(PathOf("newer.gz")), Throws.InstanceOf<UsageException>().With.Message.Contains("format is 99"));
    }

    [Test]
    public void ImportAsync_NoSuchFile_IsRefused() =>
        Assert.That(async () => await ImportAsync(PathOf("absent.gz")), Throws.InstanceOf<UsageException>().With.Message.Contains("absent.gz"));

    private string PathOf(string name) => Path.Combine(_folder, name);

    private Task<NasStore> OpenAsync(string name) => NasStore.OpenAsync(PathOf($"{name}/nas.db"));

    private void ExpectDamaged(string file) =>
        Assert.That(async () => await ImportAsync(file), Throws.InstanceOf<DamagedFileException>().With.Message.StartsWith(file).And.Message.Not.Contains("\n"));

    private async Task ImportAsync(string file)
    {
        await using NasStore store = await OpenAsync("import");
        await store.ImportAsync(file, default);
    }
}
