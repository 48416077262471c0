using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NasEngine.Core.Errors;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Runs;
using NasEngine.Predictors;
using NasEngine.Predictors.Auto;
using NasEngine.Search;
using NasEngine.Testing;
using NasEngine.Testing.Networks;
using NasEngine.Testing.Schemas;
using NasEngine.Training.Strategies;
using RangeAttribute = System.ComponentModel.DataAnnotations.RangeAttribute;

namespace NasEngine.UnitTests.Jobs;

/// <summary>The shipped schema of experiments and their reader say the same.</summary>
internal sealed class ExperimentSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.Read("searchspaces/schema/experiment.schema.json");

    private static IEnumerable<string> ShippedExperiments =>
        Directory.GetFiles(RepositoryFiles.PathOf("searchspaces/experiments"), "*.json").Select(file => Path.GetFileName(file));

    private static IEnumerable<PropertyInfo> TrainingProperties => typeof(TrainingOptions).GetProperties();

    private static IEnumerable<string> Sections => Schema.Keys().Select(key => key[..key.LastIndexOf('.')]).Distinct();

    private static IEnumerable<string> Numbers => Schema.Keys().Where(key => Find(key).TryGetProperty("minimum", out _));

    [TestCaseSource(nameof(ShippedExperiments))]
    public void ShippedExperiment_AgainstTheSchema_HasNoFault(string file)
    {
        string path = RepositoryFiles.PathOf(Path.Combine("searchspaces/experiments", file));
        Assert.That(Schema.Faults(JsonDocument.Parse(File.ReadAllText(path)).RootElement), Is.Empty);
        Assert.That(ExperimentReader.ReadFile(path).Name, Is.EqualTo(Path.GetFileNameWithoutExtension(file)));
    }

    [Test]
    public void Reader_AnExperimentWithEveryKeyOfTheSchema_TakesIt()
    {
        JsonElement complete = JsonSerializer.SerializeToElement(Complete());
        string[] keys = [.. JsonSchema.KeysOf(complete).Where(key => !key.StartsWith("$.space.", StringComparison.Ordinal) && !key.StartsWith("$.search.options.", StringComparison.Ordinal) && !key.Contains("[]", StringComparison.Ordinal) && key != "$.profile.devices.local")];
        Assert.That(keys, Is.EquivalentTo(Schema.Keys()));
        Assert.That(Schema.Faults(complete), Is.Empty);
        Assert.That(() => Read(Complete()), Throws.Nothing);
    }

    [TestCaseSource(nameof(Sections))]
    public void Reader_AWrongKey_KnowsExactlyTheKeysOfTheSchema(string section)
    {
        JsonObject experiment = Complete();
        ObjectAt(experiment, section + ".x")["0123456789"] = 1;

        string message = Assert.Throws<InputFormatException>(() => Read(experiment))!.Message;

        string[] known = Regex.Match(message, "Known: (.*)\\.").Groups[1].Value.Split(", ");
        Assert.That(known, Is.EquivalentTo(Schema.Keys().Where(key => key[..key.LastIndexOf('.')] == section).Select(key => key[(section.Length + 1)..])));
    }

    [TestCaseSource(nameof(Numbers))]
    public void Reader_ANumberAtAndBeyondItsLimits_TakesWhatTheSchemaTakes(string key)
    {
        JsonElement schema = Find(key);
        JsonNode least = JsonNode.Parse(schema.GetProperty("minimum").GetRawText())!, greatest = JsonNode.Parse(schema.GetProperty("maximum").GetRawText())!;
        Assert.That(() => Read(With(key, least)), Throws.Nothing);
        Assert.That(() => Read(With(key, greatest)), Throws.Nothing);
        Assert.That(() => Read(With(key, least.GetValue<double>() - 1)), Throws.TypeOf<InputFormatException>().With.Message.Contains(key));
        Assert.That(() => Read(With(key, (greatest.GetValue<double>() * 1.5) + 1)), Throws.TypeOf<InputFormatException>().With.Message.Contains(key));
    }

    [Test]
    public void Defaults_OfTheSchemaWrittenOut_AreThoseOfTheReader()
    {
        JsonObject written = Minimal();
        foreach ((string key, JsonElement fallback) in Schema.Keys().Select(key => (key, Find(key))).Where(pair => pair.Item2.TryGetProperty("default", out _)).Select(pair => (pair.key, pair.Item2.GetProperty("default"))))
        {
            ObjectAt(written, key)[key[(key.LastIndexOf('.') + 1)..]] = JsonNode.Parse(fallback.GetRawText());
        }

        Assert.That(JsonSchema.KeysOf(JsonSerializer.SerializeToElement(written)).Count(), Is.GreaterThan(35));
        Assert.That(RunKey.RunId(Read(written)), Is.EqualTo(RunKey.RunId(Read(Minimal()))));
    }

    [Test]
    public void Training_PropertiesOfTheSchema_AreThoseOfTheOptions() =>
        Assert.That(Find("$.train").GetProperty("properties").EnumerateObject().Select(property => property.Name), Is.EqualTo(TrainingProperties.Select(Key)));

    [TestCaseSource(nameof(TrainingProperties))]
    public void Training_EachProperty_HasTypeRangeAndDefaultOfTheOptions(PropertyInfo property)
    {
        JsonElement schema = Find($"$.train.{Key(property)}");
        object fallback = property.GetValue(new TrainingOptions())!;
        Assert.That(schema.GetProperty("type").GetString(), Is.EqualTo(fallback switch { int => "integer", double => "number", bool => "boolean", _ => "string" }));
        Assert.That(JsonElement.DeepEquals(schema.GetProperty("default"), JsonSerializer.SerializeToElement(fallback)), $"default {schema.GetProperty("default")}, not {fallback}");
        if (property.GetCustomAttribute<RangeAttribute>() is RangeAttribute range)
        {
            Assert.That(schema.GetProperty("minimum").GetDouble(), Is.EqualTo(Convert.ToDouble(range.Minimum, null)));
            Assert.That(schema.GetProperty("maximum").GetDouble(), Is.EqualTo(Convert.ToDouble(range.Maximum, null)));
        }

        if (property.GetCustomAttribute<AllowedValuesAttribute>() is AllowedValuesAttribute allowed)
        {
            Assert.That(Names($"$.train.{Key(property)}"), Is.EqualTo(allowed.Values));
        }
    }

    [Test]
    public void Enumerations_OfTheSchema_AreThoseOfTheEngine()
    {
        string[] predictors = [.. PredictorRegistry.Default.Trainers.Select(trainer => trainer.Name), AutoTrainer.TrainerName];
        Assert.That(Names("$.fit.accuracy"), Is.EqualTo(predictors));
        Assert.That(Names("$.fit.latency"), Is.EqualTo(predictors));
        string?[] algorithms = [.. SearchAlgorithmRegistry.Default.All.Select(kind => kind.Name)];
        Assert.That(Names("$.search.algorithm"), Is.EqualTo(algorithms));
        Assert.That(Find("$.search.options").GetProperty("anyOf").EnumerateArray().Select(form => form.GetProperty("$ref").GetString()), Is.EqualTo(algorithms.Select(name => $"search-options.schema.json#/properties/{name}")));
    }

    [Test]
    public void Properties_OfTheSchema_AreAllDescribed() => Assert.That(Schema.Undescribed(), Is.Empty);

    [Test]
    public void Readme_Fields_AreTheKeysOfTheSchema()
    {
        string readme = File.ReadAllText(RepositoryFiles.PathOf("searchspaces/experiments/README.md"));
        string table = Regex.Match(readme, "\n## Fields\n(.*?)\n## ", RegexOptions.Singleline).Groups[1].Value;
        HashSet<string> fields = [.. Regex.Matches(table, @"^\| `([$\w.]+)` \|", RegexOptions.Multiline).Select(match => match.Groups[1].Value)];
        string[] sections = [.. Sections.Where(section => section != "$").Select(section => section[2..])];
        Assert.That(fields, Is.EquivalentTo(Schema.Keys().Select(key => key[2..]).Except(sections)));
    }

    [Test]
    public void Readme_WorkedExample_IsReadAndFollowsTheSchema()
    {
        string readme = File.ReadAllText(RepositoryFiles.PathOf("searchspaces/experiments/README.md"));
        string example = Regex.Match(readme, "```json\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        Assert.That(Schema.Faults(JsonDocument.Parse(example).RootElement), Is.Empty);
        Experiment experiment = ExperimentReader.ReadText(RepositoryFiles.PathOf("searchspaces/experiments/example.json"), Encoding.UTF8.GetBytes(example));
        Assert.That(experiment.Space.Name, Is.EqualTo("fashion-mobile"));
    }

    private static Experiment Read(JsonObject experiment) => ExperimentReader.ReadText("experiment.json", Encoding.UTF8.GetBytes(experiment.ToJsonString()));

    private static JsonObject Minimal() => new()
    {
        ["space"] = JsonNode.Parse(TestSpaces.TinyText),
        ["objectives"] = JsonNode.Parse("""[ { "metric": "accuracy" }, { "metric": "latency" } ]"""),
    };

    private static JsonObject Complete()
    {
        JsonObject experiment = Minimal();
        foreach (string key in Schema.Keys().Where(key => key is not ("$.space" or "$.objectives") && !Find(key).TryGetProperty("properties", out _)))
        {
            ObjectAt(experiment, key)[key[(key.LastIndexOf('.') + 1)..]] = Example(key);
        }

        return experiment;
    }

    // A value other than the default where there is one to choose.
    private static JsonNode Example(string key) => key switch
    {
        "$.$schema" => "../schema/experiment.schema.json",
        "$.name" => "complete",
        "$.constraints" => JsonNode.Parse("""[ { "metric": "latency", "max": "1 ms" } ]""")!,
        "$.data.name" => "./images",
        "$.data.size" => 32,
        "$.profile.devices" => new JsonObject { ["local"] = "replay:latencies.jsonl" },
        "$.search.options" => new JsonObject { ["populationSize"] = 50 },
        _ => JsonNode.Parse(Find(key).GetProperty("default").GetRawText())!,
    };

    private static JsonObject With(string key, JsonNode value)
    {
        JsonObject experiment = Complete();
        ObjectAt(experiment, key)[key[(key.LastIndexOf('.') + 1)..]] = value.DeepClone();
        return experiment;
    }

    /// <summary>Gives the object that holds a key; made if missing.</summary>
    private static JsonObject ObjectAt(JsonObject root, string key) => key.Split('.')[1..^1].Aggregate(root, (node, name) => (JsonObject)(node[name] ??= new JsonObject()));

    private static JsonElement Find(string key) => key.Split('.').Skip(1).Aggregate(Schema.Root, (node, name) => node.GetProperty("properties").GetProperty(name));

    private static IEnumerable<string?> Names(string key) => Find(key).GetProperty("enum").EnumerateArray().Select(name => name.GetString());

    private static string Key(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}
