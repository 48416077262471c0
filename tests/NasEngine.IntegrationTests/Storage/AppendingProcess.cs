using System.Globalization;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Storage;

namespace NasEngine.IntegrationTests.Storage;

/// <summary>A process that appends evaluations until it is killed, and prints the number of each batch once its write is acknowledged.</summary>
internal static class AppendingProcess
{
    public const string RunId = "killed";
    public const string Stage = "search";
    public const int BatchSize = 3;

    public static async Task<int> RunAsync(string location, string writer)
    {
        await using IRunStore store = await RunStores.OpenAsync(location);
        await store.AddRunAsync(new RunRecord(RunId, "run", "space", "f", "{}", 1, RunState.Running, DateTimeOffset.UnixEpoch, "{}"), default);
        for (int batch = 0; ; batch++)
        {
            await store.AppendEvaluationsAsync(RunId, Stage, [.. Genotypes(writer, batch).Select(genotype => (genotype, new MetricSet(("accuracy", batch))))], default);
            await Console.Out.WriteLineAsync(batch.ToString(CultureInfo.InvariantCulture));
            await Console.Out.FlushAsync();
        }
    }

    public static IEnumerable<string> Genotypes(string writer, int batch) => Enumerable.Range(0, BatchSize).Select(i => $"{writer} {batch} {i}");
}
