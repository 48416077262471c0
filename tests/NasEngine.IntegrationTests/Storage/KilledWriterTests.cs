using System.Diagnostics;
using System.Globalization;
using NasEngine.Core.Runs;
using NasEngine.Storage;

namespace NasEngine.IntegrationTests.Storage;

public sealed class KilledWriterTests
{
    private const int Kills = 6;

    [Test]
    public async Task AppendEvaluations_TwoProcessesKilledAgainAndAgain_LosesNothingAcknowledgedAndHalvesNoBatch()
    {
        string folder = Directory.CreateTempSubdirectory("nas-kill-").FullName;
        string file = Path.Combine(folder, "nas.db");
        HashSet<string> acknowledged = [];
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process first = Start(file, $"a{kill}");
            using Process second = Start(file, $"b{kill}");
            List<string> lines = await KillAfterAsync(first, batches: 5 + (kill * 17));
            acknowledged.UnionWith(Acknowledged($"a{kill}", lines));
            acknowledged.UnionWith(Acknowledged($"b{kill}", await KillAfterAsync(second, batches: 1)));
        }

        await using IRunStore store = await RunStores.OpenSqliteAsync(file);
        IReadOnlyList<StoredEvaluation> rows = await store.GetEvaluationsAsync(AppendingProcess.RunId, AppendingProcess.Stage, default);
        Assert.That(acknowledged, Is.Not.Empty.And.SubsetOf(rows.Select(row => row.Genotype)));
        Assert.That(rows.Select(row => row.Sequence), Is.EqualTo(Enumerable.Range(0, rows.Count)));
        Assert.That(rows.GroupBy(row => row.Genotype[..row.Genotype.LastIndexOf(' ')]).Select(batch => batch.Count()), Is.All.EqualTo(AppendingProcess.BatchSize));
        Directory.Delete(folder, recursive: true);
    }

    private static Process Start(string file, string writer)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true };
        foreach (string argument in new[] { typeof(AppendingProcess).Assembly.Location, "append-evaluations", file, writer })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    // Kill sends SIGKILL: the process has no chance to finish anything. What it had printed before is still read.
    private static async Task<List<string>> KillAfterAsync(Process process, int batches)
    {
        List<string> lines = [];
        while (lines.Count < batches && await process.StandardOutput.ReadLineAsync() is string line)
        {
            lines.Add(line);
        }

        process.Kill();
        lines.AddRange((await process.StandardOutput.ReadToEndAsync()).Split('\n')[..^1]);
        await process.WaitForExitAsync();
        return lines;
    }

    private static IEnumerable<string> Acknowledged(string writer, List<string> lines) =>
        lines.SelectMany(line => AppendingProcess.Genotypes(writer, int.Parse(line, CultureInfo.InvariantCulture)));
}
