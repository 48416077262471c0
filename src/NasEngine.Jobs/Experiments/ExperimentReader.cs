using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NasEngine.Core.Errors;
using NasEngine.Core.Json;
using NasEngine.Core.Objectives;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Predictors;
using NasEngine.Predictors.Auto;
using NasEngine.Search;
using NasEngine.Training.Strategies;

namespace NasEngine.Jobs.Experiments;

/// <summary>Reads experiments from JSON. The format is described in <c>searchspaces/experiments/README.md</c>.</summary>
public static class ExperimentReader
{
    private const string ReplayPrefix = "replay:";

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file. Paths in it are relative to the folder it stands in.</param>
    /// <param name="overrides">Values that replace those of the file, by dotted path, such as <c>train.steps</c>.</param>
    /// <exception cref="InputFormatException">The experiment or its space has faults; all of a file are listed.</exception>
    /// <exception cref="UsageException">There is no such file, or an override cannot be applied.</exception>
    public static Experiment ReadFile(string file, params IReadOnlyList<KeyValuePair<string, string>> overrides) =>
        ReadText(file, StrictJson.ReadBytes(file), overrides);

    /// <summary>Reads a text.</summary>
    /// <param name="file">What to call the text in messages; relative paths are relative to its folder.</param>
    /// <param name="text">JSON in UTF-8.</param>
    /// <param name="overrides">Values that replace those of the text.</param>
    public static Experiment ReadText(string file, ReadOnlyMemory<byte> text, params IReadOnlyList<KeyValuePair<string, string>> overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);

        // It must be an object of strict JSON before values can be set in it.
        StrictJson.Read(file, text, reader =>
        {
            reader.AllowAnyKey();
            return reader;
        });
        JsonObject root = (JsonObject)JsonNode.Parse(text.Span.StartsWith("\uFEFF"u8) ? text.Span[3..] : text.Span)!;
        foreach ((string path, string value) in overrides)
        {
            Set(root, path, value);
        }

        Experiment experiment = StrictJson.Read(file, Encoding.UTF8.GetBytes(root.ToJsonString()), reader => Read(reader, file));
        return experiment with { Document = SelfContained(root, experiment) };
    }

    // What a run keeps: the space inside, and paths that hold from anywhere.
    private static string SelfContained(JsonObject root, Experiment experiment)
    {
        root["space"] = JsonNode.Parse(experiment.SpaceText.TrimStart('\uFEFF'));
        root["name"] = experiment.Name;
        root["seed"] = experiment.Seed;
        if (root["data"] is JsonObject data && experiment.Data.Name.Contains('/', StringComparison.Ordinal))
        {
            data["name"] = Path.GetFullPath(experiment.Data.Name);
        }

        if (root["profile"]?["devices"] is JsonObject devices)
        {
            foreach ((string name, string form) in experiment.Profile.Devices)
            {
                devices[name] = form.StartsWith(ReplayPrefix, StringComparison.Ordinal) ? ReplayPrefix + Path.GetFullPath(form[ReplayPrefix.Length..]) : form;
            }
        }

        return root.ToJsonString();
    }

    private static void Set(JsonObject root, string path, string value)
    {
        string[] keys = path.Split('.');
        JsonObject target = root;
        foreach (string key in keys[..^1])
        {
            if (target[key] is null)
            {
                target[key] = new JsonObject();
            }

            target = target[key] as JsonObject ?? throw new UsageException($"'{path}' cannot be set: '{key}' is no object in the experiment.");
        }

        if (keys.Any(key => key.Length == 0))
        {
            throw new UsageException($"'{path}' cannot be set: a path such as train.steps is expected.");
        }

        target[keys[^1]] = AsJson(value);
    }

    // What reads as JSON is JSON; anything else is a text.
    private static JsonNode? AsJson(string value)
    {
        try
        {
            JsonNode? node = JsonNode.Parse(value, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
            node?.ToJsonString(); // a broken UTF-16 escape is only noticed when it is read
            return node;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return JsonValue.Create(value);
        }
    }

    private static Experiment? Read(JsonObjectReader root, string file)
    {
        root.Text("$schema", string.Empty);
        string name = root.Text("name", Path.GetFileNameWithoutExtension(file));
        if (name.Length is 0 or > 64 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') || name[0] is '.' or '-')
        {
            root.Fault("name", "1 to 64 letters, digits, '-', '_' and '.' are expected, starting with a letter or digit.");
        }

        long seed = root.Integer("seed", 0, long.MaxValue, 1);
        (IReadOnlyList<Objective> objectives, IReadOnlyList<Constraint> constraints) = SpaceReader.ReadGoals(root);
        bool hasConstraints = root.Has("constraints");
        (SearchSpace? space, string spaceText) = ReadSpace(root, file);
        DataOptions data = ReadData(root, file, space);
        TrainingOptions train = TrainingOptionsReader.Read(root.Object("train", required: false));
        ProfileOptions profile = ReadProfile(root, file);
        FitOptions fit = ReadFit(root);
        SearchOptions search = ReadSearch(root);
        ExportOptions export = ReadExport(root);
        if (space is null)
        {
            return null;
        }

        IReadOnlyList<Objective> wanted = objectives.Count > 0 ? objectives : space.Objectives;
        if (wanted.Count == 0)
        {
            root.Fault("objectives", "neither the experiment nor its space says what to make better.");
        }

        return root.HasFaults ? null : new Experiment
        {
            File = file,
            Name = name,
            Space = space,
            SpaceText = spaceText,
            Seed = seed,
            Objectives = wanted,
            Constraints = hasConstraints ? constraints : space.Constraints,
            Data = data,
            Train = train,
            Profile = profile,
            Fit = fit,
            Search = search,
            Export = export,
        };
    }

    private static (SearchSpace? Space, string Text) ReadSpace(JsonObjectReader root, string file)
    {
        SpaceReader reader = NetworkFamilies.CreateSpaceReader();
        if (root.RawObject("space") is string inside)
        {
            return (reader.ReadText($"{file}: $.space", Encoding.UTF8.GetBytes(inside)), inside);
        }

        string path = root.Text("space");
        if (path.Length == 0)
        {
            if (!root.HasFaults)
            {
                root.Fault("space", "the path of a search space, or the space itself, is expected.");
            }

            return (null, string.Empty);
        }

        string resolved = Relative(file, path);
        byte[] text = StrictJson.ReadBytes(resolved);
        return (reader.ReadText(resolved, text), Encoding.UTF8.GetString(text));
    }

    // From the root on: a run is the same wherever it is started from.
    private static string Absolute(string file, string path) => Path.GetFullPath(Relative(file, path));

    private static string Relative(string file, string path) =>
        Path.IsPathRooted(path) ? path : Path.Combine(Path.GetDirectoryName(file) is { Length: > 0 } folder ? folder : ".", path);

    private static DataOptions ReadData(JsonObjectReader root, string file, SearchSpace? space)
    {
        JsonObjectReader? section = root.Object("data", required: false);
        string fallback = space?.Task.Data ?? string.Empty;
        if (section is null)
        {
            return new DataOptions(fallback, 5000, 1024, null);
        }

        string name = section.Text("name", fallback);
        return new DataOptions(
            name.Contains('/', StringComparison.Ordinal) ? Absolute(file, name) : name,
            (int)section.Integer("validation", 1, 10_000_000, 5000),
            (int)section.Integer("calibration", 2, 10_000_000, 1024),
            section.Has("size") ? (int)section.Integer("size", 8, 1024) : null);
    }

    private static ProfileOptions ReadProfile(JsonObjectReader root, string file)
    {
        JsonObjectReader? section = root.Object("profile", required: false);
        Dictionary<string, string> devices = new(StringComparer.Ordinal);
        if (section?.Object("devices", required: false) is JsonObjectReader names)
        {
            names.AllowAnyKey();
            foreach (string name in names.Keys)
            {
                string form = names.Text(name);
                devices[name] = form.StartsWith(ReplayPrefix, StringComparison.Ordinal) ? ReplayPrefix + Absolute(file, form[ReplayPrefix.Length..]) : form;
            }
        }

        return new ProfileOptions(
            (int)(section?.Integer("architectures", 10, 100_000, 80) ?? 80), devices, section?.Number("timeLimitMs", 20, 60_000, 500) ?? 500);
    }

    private static FitOptions ReadFit(JsonObjectReader root)
    {
        JsonObjectReader? section = root.Object("fit", required: false);
        string[] known = [.. PredictorRegistry.Default.Trainers.Select(trainer => trainer.Name), AutoTrainer.TrainerName];
        return new FitOptions(
            (int)(section?.Integer("architectures", 10, 100_000, 80) ?? 80),
            section?.Number("heldOut", 0.05, 0.5, 0.25) ?? 0.25,
            section?.Text("accuracy", AutoTrainer.TrainerName, known) ?? AutoTrainer.TrainerName,
            section?.Text("latency", "robust-additive", known) ?? "robust-additive");
    }

    private static SearchOptions ReadSearch(JsonObjectReader root)
    {
        JsonObjectReader? section = root.Object("search", required: false);
        string[] known = [.. SearchAlgorithmRegistry.Default.All.Select(kind => kind.Name)];
        string algorithm = section?.Text("algorithm", "nsga-ii", known) ?? "nsga-ii";
        ISearchAlgorithmKind kind = SearchAlgorithmRegistry.Default.Find(known.Contains(algorithm) ? algorithm : "nsga-ii");
        return new SearchOptions(
            algorithm,
            (int)(section?.Integer("evaluations", 1, 10_000_000, 4000) ?? 4000),
            (int)(section?.Integer("verify", 1, 10_000, 24) ?? 24),
            kind.ReadOptions(section?.Object("options", required: false)));
    }

    private static ExportOptions ReadExport(JsonObjectReader root)
    {
        JsonObjectReader? section = root.Object("export", required: false);
        string pick = section?.Text("pick", "best") ?? "best";
        if (pick is not ("best" or "fastest") && !(int.TryParse(pick, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1))
        {
            section!.Fault("pick", "best, fastest, or a number of the front from 1 on is expected.");
        }

        string file = section?.Text("file", "model.onnx") ?? "model.onnx";
        if (file.Length == 0 || file.StartsWith('.') || Path.GetFileName(file) != file || !file.EndsWith(".onnx", StringComparison.Ordinal))
        {
            section!.Fault("file", "a file name that ends in .onnx is expected, without folders; it lies in the run's folder.");
        }

        return new ExportOptions(pick, file, (int)(section?.Integer("images", 1, 4096, 64) ?? 64));
    }
}
