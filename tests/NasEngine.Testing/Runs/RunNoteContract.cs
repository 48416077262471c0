using NasEngine.Core.Runs;
using NasEngine.Storage;
using NUnit.Framework;

namespace NasEngine.Testing.Runs;

/// <summary>How notes are found and marked over many runs, on every database.</summary>
[TestFixture]
public abstract class RunNoteContract
{
    private NasStore _store = null!;

    [SetUp]
    public async Task OpenStore()
    {
        _store = await OpenEmptyStoreAsync();
        foreach (string id in (string[])["first", "second", "third"])
        {
            await _store.Runs.AddRunAsync(new RunRecord(id, id, "space", "f", "{}", 1, RunState.Done, DateTimeOffset.UnixEpoch, "{}"), default);
        }

        await _store.Runs.TrySetNoteAsync("second", "100_% of the ÜBERLAST was ours\n" + new string('x', 300), 0, DateTimeOffset.UnixEpoch, default);
    }

    [TearDown]
    public async Task CloseStore() => await _store.DisposeAsync();

    [TestCase("überlast", "second")]
    [TestCase("ÜberLAST was", "second")]
    [TestCase("100_%", "second")]
    [TestCase("ours\nxxx", "second")]
    [TestCase("1000%", "")]
    [TestCase("IRS", "first,third")]
    [TestCase("second", "second")]
    public async Task ListAsync_TextOfANoteOrId_FindsTheRunWhateverTheCase(string text, string expected)
    {
        await _store.Runs.TrySetNoteAsync("third", "first of all", 0, DateTimeOffset.UnixEpoch, default);
        RunPage page = await _store.Queries.ListAsync(new RunFilter(null, null, text, true, 10, null), default);
        Assert.That((string.Join(',', page.Runs.Select(run => run.Id)), page.Total), Is.EqualTo((expected, expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Length)));
    }

    [Test]
    public async Task GetNotesAsync_SomeRuns_GivesHowTheirNotesBegin()
    {
        await _store.Runs.TrySetNoteAsync("third", "gone", 0, DateTimeOffset.UnixEpoch, default);
        await _store.Runs.TrySetNoteAsync("third", string.Empty, 1, DateTimeOffset.UnixEpoch, default);
        IReadOnlyDictionary<string, string> notes = await _store.Queries.GetNotesAsync(["first", "second", "third", "none"], 19, default);
        Assert.That(notes, Is.EquivalentTo(new Dictionary<string, string> { ["second"] = "100_% of the ÜBERLA" }));
    }

    [Test]
    public async Task ListMarksAsync_NoteThatChanged_IsSeen()
    {
        IReadOnlyList<RunMark> before = await _store.Queries.ListMarksAsync(10, default);
        await _store.Runs.TrySetNoteAsync("first", "new", 0, DateTimeOffset.UnixEpoch, default);
        IReadOnlyList<RunMark> after = await _store.Queries.ListMarksAsync(10, default);
        Assert.That(after.Except(before).Select(mark => (mark.RunId, mark.Note)), Is.EqualTo((ValueTuple<string, long>[])[("first", 1)]));
    }

    /// <summary>Opens an empty store.</summary>
    protected abstract Task<NasStore> OpenEmptyStoreAsync();
}
