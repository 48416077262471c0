using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Json;
using NasEngine.Core.Machine;
using NasEngine.Core.Units;
using NasEngine.Jobs.Experiments;

namespace NasEngine.Cli.Commands;

/// <summary>The options of every command that works on an experiment. A flag goes before the environment, that before the file, that before the default.</summary>
internal sealed class ExperimentOptions
{
    private readonly Argument<string?> _file = new("EXPERIMENT") { Description = "The experiment's JSON file.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _space = new("--space") { Description = "A search space to take with default settings, in place of an experiment." };
    private readonly Option<long?> _seed = new("--seed") { Description = "The seed of every random draw (NAS_SEED)." };
    private readonly Option<int?> _steps = new("--steps") { Description = "Training steps." };
    private readonly Option<int?> _threads = new("--threads") { Description = "Threads to train with; 0 for one on each core (NAS_THREADS)." };
    private readonly Option<string?> _torchDevice = new("--train-on") { Description = "Where to train: cpu, cuda or cuda:N." };
    private readonly Option<string[]> _devices = new("--device") { Description = "What to measure on: NAME=FORM, such as local=local:threads=2 or local=replay:latencies.jsonl. May be given again." };
    private readonly Option<string?> _maxLatency = new("--max-latency") { Description = "The hard limit, such as '0.5 ms', on the experiment's first device." };
    private readonly Option<string[]> _set = new("--set") { Description = "Any value of the experiment: PATH=VALUE, such as train.learningRate=0.05. May be given again." };

    /// <summary>Gets whether progress is hidden.</summary>
    public Option<bool> Quiet { get; } = CommonOptions.Quiet();

    /// <summary>Gets whether the run starts afresh.</summary>
    public Option<bool> Fresh { get; } = new("--fresh") { Description = "Forget what the run found and start it again; the trained supernet and measured latencies are kept." };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="withFile">Whether the command names an experiment.</param>
    public Command AddTo(Command command, bool withFile)
    {
        if (withFile)
        {
            command.Add(_file);
            command.Add(_space);
        }

        foreach (Option option in (Option[])[_seed, _steps, _threads, _torchDevice, _devices, _maxLatency, _set, Quiet, Fresh, CommonOptions.Store()])
        {
            command.Add(option);
        }

        return command;
    }

    /// <summary>Reads the experiment that a command line names.</summary>
    public Experiment Read(ParseResult parse, string? file = null)
    {
        string? experiment = file ?? parse.GetValue(_file);
        string? space = file is null ? parse.GetValue(_space) : null;
        List<KeyValuePair<string, string>> overrides = [];
        if ((experiment is null) == (space is null))
        {
            throw new UsageException("Name either an experiment or, with --space, a search space.");
        }

        Add(overrides, "seed", parse.GetValue(_seed)?.ToString(CultureInfo.InvariantCulture) ?? EnvironmentSetting.Find("NAS_SEED"));
        Add(overrides, "train.threads", parse.GetValue(_threads)?.ToString(CultureInfo.InvariantCulture) ?? EnvironmentSetting.Find("NAS_THREADS"));
        Add(overrides, "train.steps", parse.GetValue(_steps)?.ToString(CultureInfo.InvariantCulture));
        Add(overrides, "train.device", parse.GetValue(_torchDevice));
        foreach (string text in parse.GetValue(_set) ?? [])
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            overrides.Add(equals > 0 ? KeyValuePair.Create(text[..equals], text[(equals + 1)..]) : throw new UsageException($"--set takes PATH=VALUE, such as train.steps=500, not '{text}'."));
        }

        byte[] content = experiment is not null ? StrictJson.ReadBytes(experiment) : Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { space = Path.GetFileName(space) }));
        Experiment read = ExperimentReader.ReadText(experiment ?? space!, content, overrides);
        List<KeyValuePair<string, string>> more = [];
        Dictionary<string, string> devices = new(read.Profile.Devices, StringComparer.Ordinal);
        foreach (string text in parse.GetValue(_devices) ?? [])
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            bool named = equals > 0 && !text[..equals].Contains(':', StringComparison.Ordinal);
            string form = named ? text[(equals + 1)..] : text;
            string name = named ? text[..equals] : read.Devices.Count > 0 ? read.Devices[0] : "local";
            devices[name] = form.StartsWith("replay:", StringComparison.Ordinal) ? "replay:" + Path.GetFullPath(form["replay:".Length..]) : form;
        }

        if (devices.Count > 0)
        {
            more.Add(KeyValuePair.Create("profile.devices", JsonSerializer.Serialize(devices)));
        }

        if (parse.GetValue(_maxLatency) is string limit)
        {
            more.Add(KeyValuePair.Create("constraints", Constraints(read, limit)));
        }

        return more.Count == 0 ? read : ExperimentReader.ReadText(experiment ?? space!, content, [.. overrides, .. more]);
    }

    private static string Constraints(Experiment experiment, string limit)
    {
        if (!UnitText.TryParse(limit, PhysicalUnit.Milliseconds, out _))
        {
            throw new UsageException($"--max-latency takes a time such as '0.5 ms', not '{limit}'.");
        }

        string device = experiment.Devices.Count > 0 ? experiment.Devices[0] : "local";
        return JsonSerializer.Serialize(new[] { new { metric = "latency", device, max = limit } });
    }

    private static void Add(List<KeyValuePair<string, string>> overrides, string path, string? value)
    {
        if (value is not null)
        {
            overrides.Add(KeyValuePair.Create(path, value));
        }
    }
}
