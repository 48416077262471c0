using System.Globalization;
using System.Text.RegularExpressions;
using NasEngine.Core.Randomness;

namespace NasEngine.Testing.Jobs;

/// <summary>Gives the commands damaged files. Each file must be accepted, or refused with exit code 2 and a message; nothing crashes or hangs.</summary>
/// <remarks>Commands run in this process, since starting one costs more than a file; so the folders of the environment are those of the campaign from then on.</remarks>
public sealed partial class FuzzCampaign
{
    private static readonly TimeSpan DescriptionLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RunLimit = TimeSpan.FromSeconds(30);

    private readonly SmallExperiment _experiment;
    private readonly NasProcess _place;
    private readonly long _seed;

    /// <summary>Makes the campaign's files.</summary>
    /// <param name="folder">An empty folder to work in.</param>
    /// <param name="seed">The seed of all damage.</param>
    public FuzzCampaign(string folder, long seed)
    {
        _experiment = new SmallExperiment(Path.Combine(folder, "experiment"));
        _place = new NasProcess(folder);
        _seed = seed;
        foreach ((string name, string value) in _place.Environs)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    /// <summary>Mutates the shipped and the small search spaces and experiments.</summary>
    /// <param name="count">How many files.</param>
    /// <param name="processes">How many of them are read by a process of their own.</param>
    public async Task<FuzzResult> DescriptionsAsync(int count, int processes)
    {
        // As they are shipped: experiments in a folder below the spaces that they name.
        string spaces = Path.Combine(_place.Folder, "searchspaces"), experiments = Directory.CreateDirectory(Path.Combine(spaces, "experiments")).FullName;
        string[] sources =
        [
            .. Directory.GetFiles(RepositoryFiles.PathOf("searchspaces"), "*.json"), _experiment.Space,
            .. Directory.GetFiles(RepositoryFiles.PathOf("searchspaces/experiments"), "*.json"), _experiment.File,
        ];
        foreach (string source in sources)
        {
            File.Copy(source, Path.Combine(spaces, Path.GetFileName(source)), overwrite: true);
        }

        File.Copy(_experiment.Space, Path.Combine(experiments, "small-space.json"), overwrite: true);
        Tally tally = new("spaces and experiments");
        for (int number = 0; number < count; number++)
        {
            string source = sources[number % sources.Length];
            bool isSpace = !(await File.ReadAllTextAsync(source).ConfigureAwait(false)).Contains("\"train\"", StringComparison.Ordinal);
            string file = Path.Combine(isSpace ? spaces : experiments, "mutated.json");
            await File.WriteAllBytesAsync(file, Mutation.Json(await File.ReadAllBytesAsync(source).ConfigureAwait(false), new SeedTree(_seed).Child(number).CreateRandom())).ConfigureAwait(false);
            string[] command = isSpace ? ["space", "validate", file] : ["run", file, "--check"];
            bool own = number % Math.Max(1, count / Math.Max(1, processes)) == 0 && processes > 0;
            await tally.AddAsync(string.Create(CultureInfo.InvariantCulture, $"mutation {number} of {Path.GetFileName(source)}"), own ? () => _place.RunAsync(command) : () => NasOutcome.OfAsync(command), own ? RunLimit : DescriptionLimit).ConfigureAwait(false);
        }

        return tally.Result;
    }

    /// <summary>Reads one description.</summary>
    /// <param name="what">What is wrong with it.</param>
    /// <param name="file">The file.</param>
    public static async Task<FuzzResult> DescriptionAsync(string what, string file)
    {
        Tally tally = new(what);
        await tally.AddAsync($"{what}, as a space", () => NasOutcome.OfAsync("space", "validate", file), DescriptionLimit).ConfigureAwait(false);
        await tally.AddAsync($"{what}, as an experiment", () => NasOutcome.OfAsync("run", file, "--check"), DescriptionLimit).ConfigureAwait(false);
        return tally.Result;
    }

    /// <summary>Damages what a finished search reads again: checkpoint, images, recorded latencies, database.</summary>
    /// <param name="count">How many files of each kind.</param>
    public async Task<IReadOnlyList<FuzzResult>> RunFilesAsync(int count)
    {
        NasOutcome ready = await NasOutcome.OfAsync("search", _experiment.File).ConfigureAwait(false);
        if (ready.ExitCode != 0)
        {
            throw new InvalidOperationException($"The search that the files are damaged of failed: {ready}");
        }

        // The database's own log would bring back what is damaged.
        string[] logs = [_place.Database + "-wal", _place.Database + "-shm"];
        string checkpoint = Directory.GetFiles(Path.Combine(_place.Home, "supernets"), "*.safetensors").Single();
        List<FuzzResult> results = [];
        results.Add(await DamageAsync("checkpoints", [checkpoint], [], count, _ => ["search", _experiment.File, "--fresh"]).ConfigureAwait(false));
        results.Add(await DamageAsync("data files", Directory.GetFiles(_experiment.Data), [], count, _ => ["search", _experiment.File]).ConfigureAwait(false));

        // Another run each time: measurements that are stored already are not asked for again.
        results.Add(await DamageAsync("recordings", [_experiment.Recording], [], count, number => ["profile", _experiment.File, "--seed", (number + 2).ToString(CultureInfo.InvariantCulture)]).ConfigureAwait(false));
        await NasOutcome.OfAsync("search", _experiment.File).ConfigureAwait(false);
        string[][] readers = [["search", _experiment.File], ["search", _experiment.File, "--fresh"], ["runs", "show", "latest"]];
        results.Add(await DamageAsync("databases", [_place.Database], logs, count, number => readers[number % readers.Length]).ConfigureAwait(false));
        return results;
    }

    private async Task<FuzzResult> DamageAsync(string kind, string[] files, string[] logs, int count, Func<int, string[]> command)
    {
        Tally tally = new(kind);
        Dictionary<string, byte[]> whole = files.ToDictionary(file => file, File.ReadAllBytes);
        for (int number = 0; number < count; number++)
        {
            string file = files[number % files.Length];
            await File.WriteAllBytesAsync(file, Mutation.Damage(whole[file], new SeedTree(_seed).Child(kind).Child(number).CreateRandom())).ConfigureAwait(false);
            await tally.AddAsync(string.Create(CultureInfo.InvariantCulture, $"{kind}, damage {number}"), () => NasOutcome.OfAsync(command(number)), RunLimit).ConfigureAwait(false);
            await File.WriteAllBytesAsync(file, whole[file]).ConfigureAwait(false);
            Array.ForEach(logs, File.Delete);
        }

        return tally.Result;
    }

    [GeneratedRegex(@"^   at |Exception|Unhandled|\0", RegexOptions.Multiline)]
    private static partial Regex Unclear();

    private sealed class Tally(string kind)
    {
        private readonly List<string> _wrong = [];
        private int _accepted;
        private int _refused;

        public FuzzResult Result => new(kind, _accepted, _refused, _wrong);

        public async Task AddAsync(string what, Func<Task<NasOutcome>> command, TimeSpan limit)
        {
            try
            {
                NasOutcome outcome = await Task.Run(command).WaitAsync(limit).ConfigureAwait(false);
                Add(what, outcome);
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                _wrong.Add($"{what}: {problem}");
            }
        }

        private void Add(string what, NasOutcome outcome)
        {
            // Progress stands before the message; what is judged is all that a user sees.
            if (outcome.ExitCode == 0 && outcome.Output.Length > 0)
            {
                _accepted++;
            }
            else if (outcome.ExitCode == 2 && outcome.Error.Contains("nas ", StringComparison.Ordinal) && outcome.Error.Length is > 20 and < 20_000 && !Unclear().IsMatch(outcome.Error))
            {
                _refused++;
            }
            else
            {
                _wrong.Add($"{what}: {outcome}");
            }
        }
    }
}
