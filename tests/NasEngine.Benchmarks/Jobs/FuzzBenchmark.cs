using NasEngine.Testing.Jobs;

namespace NasEngine.Benchmarks.Jobs;

/// <summary>Gives the commands 300 mutated search spaces and experiments, and 100 each of damaged checkpoints, data files, recordings and databases.</summary>
public static class FuzzBenchmark
{
    private const int Descriptions = 300;
    private const int Processes = 20;
    private const int FilesOfAKind = 100;

    /// <summary>Runs the benchmark in a new folder below the temporary one, which is removed again.</summary>
    /// <returns>0 if every file was accepted or refused with exit code 2 and a message, else 1.</returns>
    public static int Run(TextWriter output)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nas-bench-");
        try
        {
            return RunAsync(output, folder.FullName).GetAwaiter().GetResult();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> RunAsync(TextWriter output, string folder)
    {
        FuzzResult descriptions = await new FuzzCampaign(Path.Combine(folder, "descriptions"), seed: 2).DescriptionsAsync(Descriptions, Processes).ConfigureAwait(false);
        await output.WriteLineAsync(descriptions.ToString()).ConfigureAwait(false);
        IReadOnlyList<FuzzResult> files = await new FuzzCampaign(Path.Combine(folder, "files"), seed: 2).RunFilesAsync(FilesOfAKind).ConfigureAwait(false);
        foreach (FuzzResult result in files)
        {
            await output.WriteLineAsync(result.ToString()).ConfigureAwait(false);
        }

        string[] wrong = [.. descriptions.Wrong, .. files.SelectMany(result => result.Wrong)];
        foreach (string text in wrong)
        {
            await output.WriteLineAsync(text).ConfigureAwait(false);
        }

        return wrong.Length == 0 ? 0 : 1;
    }
}
