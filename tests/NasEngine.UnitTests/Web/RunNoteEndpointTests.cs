using System.Text.Json;
using NasEngine.Core.Runs;
using NasEngine.Testing.Web;

namespace NasEngine.UnitTests.Web;

internal sealed class RunNoteEndpointTests
{
    private TestService _service = null!;
    private RunRecord _run = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _service = await TestService.StartAsync();
        _run = await _service.AddRunAsync(evaluations: 20);
    }

    [TearDown]
    public async Task StopAsync() => await _service.DisposeAsync();

    [Test]
    public async Task Put_FirstNoteThenChange_IsShownListedAndFound()
    {
        Assert.That((await _service.GetAsync("runs/sample")).GetProperty("note").GetProperty("version").GetInt32(), Is.Zero);
        (int first, JsonElement written) = await PutAsync("first\r\n<b>line</b>  \n", 0);
        (int second, _) = await PutAsync(written.GetProperty("text").GetString() + "\nsecond", written.GetProperty("version").GetInt64());
        JsonElement note = (await _service.GetAsync("runs/sample")).GetProperty("note");
        Assert.That((first, second), Is.EqualTo((200, 200)));
        Assert.That((note.GetProperty("text").GetString(), note.GetProperty("version").GetInt32()), Is.EqualTo(("first\n<b>line</b>\nsecond", 2)));
        Assert.That((await _service.GetAsync("runs?q=LINE%3C")).GetProperty("items")[0].GetProperty("note").GetString(), Does.StartWith("first\n"));
        Assert.That((await _service.GetAsync("runs?q=third")).GetProperty("total").GetInt32(), Is.Zero);
        Assert.That((await _service.GetAsync("runs/sample/summary")).GetProperty("note").GetString(), Does.StartWith("first\n"));
    }

    [Test]
    public async Task Put_VersionThatAnotherPersonChanged_IsRefusedAndKeepsTheirs()
    {
        await PutAsync("theirs", 0);
        (int status, JsonElement problem) = await PutAsync("mine", 0);
        Assert.That(status, Is.EqualTo(409));
        Assert.That(problem.GetProperty("detail").GetString(), Does.Contain("has version 1, not 0"));
        Assert.That((await _service.GetAsync("runs/sample")).GetProperty("note").GetProperty("text").GetString(), Is.EqualTo("theirs"));
    }

    [Test]
    public async Task StartRunAsync_Afresh_KeepsWhatPeopleWrote()
    {
        await PutAsync("kept", 0);
        await _service.Jobs.StartRunAsync(_service.Experiment(_run), 0, fresh: true, CancellationToken.None);
        JsonElement run = await _service.GetAsync("runs/sample");
        Assert.That((run.GetProperty("note").GetProperty("text").GetString(), run.GetProperty("state").GetString()), Is.EqualTo(("kept", "running")));
        Assert.That((await _service.GetAsync("runs/sample/summary")).GetProperty("evaluations").GetInt32(), Is.Zero);
    }

    [TestCase("""{"text":"x"}""", 400)]
    [TestCase("""{"version":0}""", 400)]
    [TestCase("""{"text":"x","version":-1}""", 400)]
    [TestCase("""{"text":"a\u0000b","version":0}""", 400)]
    [TestCase("""{"text":5,"version":0}""", 400)]
    public async Task Put_WhatCannotBe_IsRefused(string body, int expected)
    {
        (int status, JsonElement problem) = await _service.SendAsync(HttpMethod.Put, "runs/sample/note", body);
        Assert.That(status, Is.EqualTo(expected));
        Assert.That(problem.GetProperty("detail").GetString(), Is.Not.Empty);
    }

    [Test]
    public async Task Put_LongestAndLonger_IsTakenAndRefused()
    {
        (int longest, _) = await PutAsync(new string('é', RunNote.MaxLength), 0);
        (int longer, JsonElement problem) = await PutAsync(new string('é', RunNote.MaxLength + 1), 1);
        Assert.That((longest, longer), Is.EqualTo((200, 400)));
        Assert.That(problem.GetProperty("detail").GetString(), Does.Contain("20,000"));
    }

    [Test]
    public async Task Put_UnknownRun_IsMissing() =>
        Assert.That((await _service.SendAsync(HttpMethod.Put, "runs/nothing/note", """{"text":"x","version":0}""")).Status, Is.EqualTo(404));

    private Task<(int Status, JsonElement Body)> PutAsync(string text, long version) =>
        _service.SendAsync(HttpMethod.Put, "runs/sample/note", JsonSerializer.Serialize(new { text, version }));
}
