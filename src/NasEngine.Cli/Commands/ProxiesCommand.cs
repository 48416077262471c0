using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NasEngine.Cli.Terminal;
using NasEngine.Core.Errors;
using NasEngine.Core.Randomness;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Runs;
using NasEngine.Jobs.ZeroCost;
using NasEngine.Networks.Families;
using NasEngine.Training.DataSets;
using NasEngine.Training.ZeroCost;

namespace NasEngine.Cli.Commands;

/// <summary><c>nas proxies</c>: scores of networks that were never trained.</summary>
internal static class ProxiesCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static Command Create(TextWriter output, TextWriter error)
    {
        Option<string> space = new("--space") { Description = "The space's JSON file.", Required = true };
        Option<string> data = new("--data") { Description = "A data set of 'nas data list', or the path of a folder.", Required = true };
        Option<string?> genotypes = new("--genotypes") { Description = "A file with one architecture a line, as 'nas space sample' writes them." };
        Option<int> count = new("--count", "-n") { Description = "How many architectures to draw, without --genotypes.", DefaultValueFactory = static _ => 10 };
        Option<long> seed = new("--seed") { Description = "The seed of architectures, images, weights and noise.", DefaultValueFactory = static _ => 1 };
        Option<string?> proxies = new("--proxies") { Description = "Names, with commas between them; all unless set." };
        Option<int> images = new("--images") { Description = "Images to draw; a proxy looks at no more than it asks for.", DefaultValueFactory = static _ => 256 };
        Option<int> threads = new("--threads") { Description = "Threads to compute with; 0 for one on each core.", DefaultValueFactory = static _ => 0 };
        Option<string?> file = new("--out", "-o") { Description = "A CSV file to append to; networks that are in it are not computed again." };
        (Option<bool> json, Option<bool> quiet) = (CommonOptions.Json(), CommonOptions.Quiet());
        Command command = new("proxies", "Score networks without training them: zero-cost proxies.") { space, data, genotypes, count, seed, proxies, images, threads, file, json, quiet };
        command.SetAction((parse, cancellationToken) =>
        {
            TorchSetup.UseThreads(parse.GetValue(threads));
            SearchSpace read = NetworkFamilies.CreateSpaceReader().ReadFile(parse.GetRequiredValue(space));
            ProxyScoringOptions options = new()
            {
                Space = read,
                Data = new DataSetRegistry(Workplace.FromEnvironment().Data).Open(parse.GetRequiredValue(data)),
                Genotypes = parse.GetValue(genotypes) is string list ? ReadGenotypes(read, list) : Draw(read, parse.GetValue(count), parse.GetValue(seed)),
                Proxies = ZeroCostProxies.Find(parse.GetValue(proxies)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? []),
                Images = parse.GetValue(images),
                Seed = parse.GetValue(seed),
                File = parse.GetValue(file),
            };
            Write(output, options, ProxyScoring.Run(options, CommonOptions.Progress(error, parse.GetValue(quiet)), cancellationToken), parse.GetValue(json));
            return Task.FromResult(ExitCode.Done);
        });
        return HelpWithExamples.Add(
            command, "nas proxies --space searchspaces/cell-cifar10.json --data cifar10 --count 20 --proxies naswot,jacov,synflow",
            "nas proxies --space searchspaces/cell-cifar10.json --data cifar10 --genotypes cells.txt --out proxies.csv");
    }

    private static void Write(TextWriter output, ProxyScoringOptions options, IReadOnlyList<ProxyRow> rows, bool json)
    {
        string[] names = [.. options.Proxies.Select(proxy => proxy.Name)];
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(
                rows.Select(row => new { genotype = options.Space.Format(row.Genotype), scores = names.Zip(row.Scores).ToDictionary(pair => pair.First, pair => pair.Second) }), Json));
            return;
        }

        output.WriteLine($"genotype,{string.Join(',', names)}");
        foreach (ProxyRow row in rows)
        {
            output.WriteLine($"\"{options.Space.Format(row.Genotype)}\",{string.Join(',', row.Scores.Select(score => score.ToString("R", CultureInfo.InvariantCulture)))}");
        }
    }

    private static Genotype[] ReadGenotypes(SearchSpace space, string file)
    {
        try
        {
            return [.. File.ReadAllLines(file).Select(line => line.Trim()).Where(line => line.Length > 0).Select(space.Parse)];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {problem.Message}", problem);
        }
    }

    private static Genotype[] Draw(SearchSpace space, int count, long seed)
    {
        if (count < 1)
        {
            throw new UsageException($"--count: at least 1 is expected, not {count}.");
        }

        Random random = new SeedTree(seed).Child("sample").CreateRandom();
        return [.. Enumerable.Range(0, count).Select(_ => space.Sample(random))];
    }
}
