using System.Diagnostics;
using System.Globalization;
using NasEngine.Core.Runs;
using NasEngine.Storage;
using NasEngine.Testing;
using NasEngine.Testing.Storage;

namespace NasEngine.IntegrationTests.Storage;

public sealed class KilledWriterTests
{
    [Test]
    public async Task AppendEvaluations_TwoProcessesKilledAgainAndAgain_LosesNothingAcknowledgedAndHalvesNoBatch()
    {
        using TemporaryFolder folder = new();
        await KillAsync(folder.PathOf("nas.db"), kills: 6);
    }

    [Test]
    public async Task AppendEvaluations_OnPostgresKilledAgainAndAgain_LosesNothingAcknowledgedAndHalvesNoBatch() =>
        await KillAsync(PostgresServer.Shared.NewStore(), kills: 2);

    private static async Task KillAsync(string location, int kills)
    {
        HashSet<string> acknowledged = [];
        for (int kill = 0; kill < kills; kill++)
        {
            using Process first = Start(location, $"a{kill}");
            using Process second = Start(location, $"b{kill}");
            List<string> lines = await KillAfterAsync(first, batches: 5 + (kill * 17));
            acknowledged.UnionWith(Acknowledged($"a{kill}", lines));
            acknowledged.UnionWith(Acknowledged($"b{kill}", await KillAfterAsync(second, batches: 1)));
        }

        await using IRunStore store = await RunStores.OpenAsync(location);
        IReadOnlyList<StoredEvaluation> rows = await store.GetEvaluationsAsync(AppendingProcess.RunId, AppendingProcess.Stage, default);
        Assert.That(acknowledged, Is.Not.Empty.And.SubsetOf(rows.Select(row => row.Genotype)));
        Assert.That(rows.Select(row => row.Sequence), Is.EqualTo(Enumerable.Range(0, rows.Count)));
        Assert.That(rows.GroupBy(row => row.Genotype[..row.Genotype.LastIndexOf(' ')]).Select(batch => batch.Count()), Is.All.EqualTo(AppendingProcess.BatchSize));
    }

    private static Process Start(string location, string writer)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true };
        foreach (string argument in new[] { typeof(AppendingProcess).Assembly.Location, "append-evaluations", location, writer })
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
