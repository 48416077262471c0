using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NasEngine.Core.Errors;
using NasEngine.Core.Json;
using NasEngine.Search;
using NasEngine.Testing;
using NasEngine.Testing.Schemas;

namespace NasEngine.UnitTests.Jobs;

/// <summary>The shipped schema of the algorithms' settings, their readers and the document of experiments say the same.</summary>
internal sealed class SearchOptionsSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.Read("searchspaces/schema/search-options.schema.json");

    private static IEnumerable<string> Algorithms => SearchAlgorithmRegistry.Default.All.Select(kind => kind.Name);

    private static IEnumerable<string> WithOptions => Algorithms.Where(name => Properties(name).Any());

    [Test]
    public void Sections_OfTheSchema_AreTheAlgorithms() =>
        Assert.That(Schema.Root.GetProperty("properties").EnumerateObject().Select(section => section.Name), Is.EqualTo(Algorithms));

    [Test]
    public void Properties_OfTheSchema_AreAllDescribed() => Assert.That(Schema.Undescribed(), Is.Empty);

    [TestCaseSource(nameof(WithOptions))]
    public void ReadOptions_AWrongKey_KnowsExactlyTheKeysOfTheSchema(string algorithm)
    {
        string message = Assert.Throws<InputFormatException>(() => Read(algorithm, new JsonObject { ["0123456789"] = 1 }))!.Message;
        Assert.That(Regex.Match(message, "Known: (.*)\\.").Groups[1].Value.Split(", "), Is.EquivalentTo(Properties(algorithm).Select(property => property.Name)));
    }

    [TestCaseSource(nameof(Algorithms))]
    public void Defaults_WrittenOut_AreThoseOfTheReader(string algorithm)
    {
        JsonObject written = new(Properties(algorithm).Where(property => property.Value.TryGetProperty("default", out _))
            .Select(property => KeyValuePair.Create(property.Name, JsonNode.Parse(property.Value.GetProperty("default").GetRawText()))));
        Assert.That(Read(algorithm, written), Is.EqualTo(SearchAlgorithmRegistry.Default.Find(algorithm).ReadOptions(null)));
    }

    [TestCaseSource(nameof(WithOptions))]
    public void ReadOptions_ANumberBeyondItsLimits_TakesWhatTheSchemaTakes(string algorithm)
    {
        foreach (JsonProperty property in Properties(algorithm).Where(property => property.Value.TryGetProperty("minimum", out _)))
        {
            JsonElement least = property.Value.GetProperty("minimum"), greatest = property.Value.GetProperty("maximum");
            Assert.That(() => Read(algorithm, One(property.Name, JsonNode.Parse(least.GetRawText())!)), Throws.Nothing);
            Assert.That(() => Read(algorithm, One(property.Name, least.GetDouble() - 1)), Throws.TypeOf<InputFormatException>().With.Message.Contains(property.Name));
            Assert.That(() => Read(algorithm, One(property.Name, (greatest.GetDouble() * 1.5) + 1)), Throws.TypeOf<InputFormatException>().With.Message.Contains(property.Name));
        }
    }

    [Test]
    public void Readme_TableOfOptions_HasTheKeysOfTheSchema()
    {
        string readme = File.ReadAllText(RepositoryFiles.PathOf("searchspaces/experiments/README.md"));
        string section = Regex.Match(readme, "\n## Search algorithms\n(.*?)\n## ", RegexOptions.Singleline).Groups[1].Value;
        Assert.That(Regex.Matches(section, @"^\| `(\w+)` \| `([\w-]+)` \|", RegexOptions.Multiline).Select(row => $"{row.Groups[2].Value}.{row.Groups[1].Value}"),
            Is.EqualTo(Algorithms.SelectMany(name => Properties(name).Select(property => $"{name}.{property.Name}"))));
        Assert.That(Regex.Matches(section, @"^\| `([\w-]+)` \| [^`|]", RegexOptions.Multiline).Select(row => row.Groups[1].Value), Is.EqualTo(Algorithms));
    }

    private static JsonObject One(string key, JsonNode value) => new() { [key] = value };

    private static IEnumerable<JsonProperty> Properties(string algorithm) => Schema.Root.GetProperty("properties").GetProperty(algorithm).GetProperty("properties").EnumerateObject();

    private static SearchAlgorithmOptions Read(string algorithm, JsonObject options) =>
        StrictJson.Read("x.json", Encoding.UTF8.GetBytes(options.ToJsonString()), SearchAlgorithmRegistry.Default.Find(algorithm).ReadOptions);
}
