using System.Text.Json;
using NasEngine.Cli;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Storage;
using NasEngine.Testing;
using NasEngine.Testing.Jobs;

namespace NasEngine.UnitTests.Storage;

public sealed class StoreCommandTests
{
    [Test]
    public async Task ExportThenImport_IntoAnotherFile_HasTheSameInfo()
    {
        using TemporaryFolder folder = new();
        string first = folder.PathOf("first.db"), second = folder.PathOf("second.db"), file = folder.PathOf("all.nas.gz");
        await using (NasStore store = await NasStore.OpenAsync(first))
        {
            await store.Runs.AddRunAsync(new RunRecord("a", "run", "space", "f", "{}", 1, RunState.Done, DateTimeOffset.UnixEpoch, "{}"), default);
            await store.Runs.AppendEvaluationsAsync("a", "search", [("g", new MetricSet(("accuracy", 0.5))), ("h", new MetricSet(("accuracy", 0.25)))], default);
        }

        Assert.That((await NasOutcome.OfAsync("store", "export", file, "--store", first)).Output, Does.StartWith($"{file}: 3 lines"));
        Assert.That((await NasOutcome.OfAsync("store", "import", file, "--store", second)).Output, Does.StartWith($"{second}: has all 3 lines"));
        JsonElement info = JsonSerializer.Deserialize<JsonElement>((await NasOutcome.OfAsync("store", "info", "--json", "--store", second)).Output);
        Assert.That((info.GetProperty("kind").GetString(), info.GetProperty("runs").GetInt64(), info.GetProperty("evaluations").GetInt64()), Is.EqualTo(("sqlite", 1L, 2L)));
        Assert.That((await NasOutcome.OfAsync("runs", "list", "--store", second)).Output, Does.Contain("a"));
    }

    [Test]
    public async Task Import_FileIsAbsent_SaysSoInOneLine()
    {
        using TemporaryFolder folder = new();
        (int code, string _, string error) = await NasOutcome.OfAsync("store", "import", folder.PathOf("absent.gz"), "--store", folder.PathOf("nas.db"));
        Assert.That((code, error.TrimEnd()), Is.EqualTo((ExitCode.BadInput, error.TrimEnd().ReplaceLineEndings(" "))));
        Assert.That(error, Does.Contain("absent.gz"));
    }

    [Test]
    public async Task Store_UrlNamesNoDatabase_IsRefusedWithoutThePassword()
    {
        (int code, string _, string error) = await NasOutcome.OfAsync("runs", "list", "--store", "postgres://nas:secret@127.0.0.1");
        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(error, Does.Contain("names no database").And.Not.Contain("secret"));
    }
}
