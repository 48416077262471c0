using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NasEngine.Core.Errors;
using NasEngine.Core.Objectives;
using NasEngine.Core.Spaces;
using NasEngine.Core.Tables;
using NasEngine.Networks.Families;
using NasEngine.Testing;
using NasEngine.Testing.Networks;
using NasEngine.Testing.Schemas;

namespace NasEngine.UnitTests.Core;

/// <summary>The shipped schema and the reader say the same.</summary>
internal sealed class SpaceSchemaTests
{
    private static readonly JsonSchema AnyFamily = JsonSchema.Read("searchspaces/schema/space.schema.json");

    // For each family a space with every key that it knows.
    private static readonly Dictionary<string, string> Complete = new(StringComparer.Ordinal)
    {
        ["mobile-cnn"] = """
        { "$schema": "schema/space.schema.json", "name": "complete", "family": "mobile-cnn", "version": 1,
          "task": { "kind": "image-classification", "data": "d", "channels": 1, "classes": 2 },
          "dimensions": [ { "name": "resolution", "per": "network", "choices": [8] }, { "name": "depth", "per": "stage", "choices": [1, 2] } ],
          "stem": { "channels": 8, "kernel": 3, "stride": 1 }, "stages": [ { "channels": 8, "stride": 1 } ], "head": { "channels": 8 },
          "channelMultiple": 4, "activation": "hard-swish",
          "objectives": [ { "metric": "latency", "device": "local", "goal": "minimize" } ],
          "constraints": [ { "metric": "latency", "device": "local", "min": "1 us", "max": "4 ms" } ] }
        """,
        ["cell-cnn"] = """
            { "$schema": "schema/space.schema.json", "name": "complete", "family": "cell-cnn", "version": 1,
              "task": { "kind": "image-classification", "data": "d", "channels": 1, "classes": 2 },
              "resolution": 8, "stages": [ { "channels": 4, "cells": 1 }, { "channels": 8, "cells": 2 } ],
              "cell": { "nodes": 3, "join": "concat", "operations": ["none", "conv3x3"] },
              "objectives": [ { "metric": "latency", "device": "local", "goal": "minimize" } ],
              "constraints": [ { "metric": "latency", "device": "local", "min": "1 us", "max": "4 ms" } ] }
            """,
        ["table"] = """
            { "$schema": "schema/space.schema.json", "name": "complete", "family": "table", "version": 1,
              "genes": [ { "column": "e1", "dimension": "edge", "choices": ["none", "conv"], "ordered": false, "activeWhen": { "gene": "depth", "min": 2 } },
                         { "column": "depth", "choices": [1, 2] } ],
              "graph": { "nodes": 2, "absent": ["none"], "edges": [ { "gene": "e1", "from": 0, "to": 1 } ] } }
            """,
    };

    private static IEnumerable<string> Families => Complete.Keys;

    private static IEnumerable<string> ShippedSpaces => Directory.GetFiles(RepositoryFiles.PathOf("searchspaces"), "*.json").Select(file => Path.GetFileName(file));

    [TestCaseSource(nameof(ShippedSpaces))]
    public void ShippedSpace_AgainstTheSchema_HasNoFault(string file)
    {
        string path = RepositoryFiles.PathOf(Path.Combine("searchspaces", file));
        Assert.That(AnyFamily.Faults(JsonDocument.Parse(File.ReadAllText(path)).RootElement), Is.Empty);
        Assert.That(NetworkFamilies.CreateSpaceReader().ReadFile(path).Name, Is.EqualTo(Path.GetFileNameWithoutExtension(file)));
    }

    [TestCaseSource(nameof(Families))]
    public void Reader_ASpaceWithEveryKeyOfTheSchema_TakesIt(string family)
    {
        JsonElement complete = JsonDocument.Parse(Complete[family]).RootElement;
        Assert.That(JsonSchema.KeysOf(complete).Order(), Is.EqualTo(SchemaOf(family).Keys().Order()));
        Assert.That(AnyFamily.Faults(complete), Is.Empty);
        Assert.That(() => TestSpaces.Read(Complete[family]), Throws.Nothing);
    }

    [TestCaseSource(nameof(Families))]
    public void Reader_AWrongKeyInAnyObject_KnowsExactlyTheKeysOfTheSchema(string family)
    {
        JsonSchema schema = SchemaOf(family);
        foreach (string path in schema.Keys().Select(property => property[..property.LastIndexOf('.')]).Distinct())
        {
            JsonNode space = JsonNode.Parse(Complete[family])!;
            path.Split('.').Skip(1).Aggregate(space, (node, key) => key.EndsWith("[]", StringComparison.Ordinal) ? node[key[..^2]]![0]! : node[key]!)["0123456789"] = 1;
            InputFormatException problem = Assert.Throws<InputFormatException>(() => TestSpaces.Read(space.ToJsonString()))!;
            string known = Regex.Match(problem.Message, "Known: (.*)\\.").Groups[1].Value;
            Assert.That(known.Split(", ").Order(), Is.EqualTo(schema.Keys().Where(name => name[..name.LastIndexOf('.')] == path).Select(name => name[(name.LastIndexOf('.') + 1)..]).Order()), path);
        }
    }

    [TestCaseSource(nameof(Families))]
    public void Reader_ARequiredKeyIsLeftOut_IsRefusedAsTheSchemaSays(string family)
    {
        JsonSchema schema = SchemaOf(family);
        foreach (string property in schema.Keys())
        {
            JsonNode space = JsonNode.Parse(Complete[family])!;
            string[] keys = property.Split('.');
            JsonNode parent = keys[1..^1].Aggregate(space, (node, key) => key.EndsWith("[]", StringComparison.Ordinal) ? node[key[..^2]]![0]! : node[key]!);
            ((JsonObject)parent).Remove(keys[^1]);
            bool schemaRefuses = schema.Faults(JsonDocument.Parse(space.ToJsonString()).RootElement).Any();
            Assert.That(IsRefused(space.ToJsonString()), Is.EqualTo(schemaRefuses), property);
        }
    }

    [Test]
    public void Enumerations_OfTheSchema_AreThoseOfTheEngine()
    {
        JsonElement properties = SchemaOf("mobile-cnn").Root.GetProperty("properties");
        Assert.That(Families, Is.EquivalentTo(NetworkFamilies.All.Select(family => family.Name).Append(new TableFamily().Name)));
        Assert.That(AnyFamily.Root.GetProperty("anyOf").EnumerateArray().Select(one => one.GetProperty("$ref").GetString()), Is.EquivalentTo(Families.Select(family => $"{family}.schema.json")));
        foreach (string family in Families)
        {
            Assert.That(Names(SchemaOf(family).Root.GetProperty("properties").GetProperty("family")), Is.EqualTo(new[] { family }));
        }

        Assert.That(Names(Item(properties, "objectives", "metric")), Is.EqualTo(Metric.All.Select(metric => metric.Name)));
        Assert.That(Names(Item(properties, "constraints", "metric")), Is.EqualTo(Metric.All.Select(metric => metric.Name)));
        Assert.That(Names(Item(properties, "dimensions", "name")), Is.EqualTo(TestSpaces.MobileCnn.Dimensions.Select(dimension => dimension.Name)));
    }

    [TestCaseSource(nameof(Families))]
    public void Properties_OfTheSchema_AreAllDescribed(string family)
    {
        Assert.That(SchemaOf(family).Undescribed(), Is.Empty);
    }

    [Test]
    public void Readme_WorkedExample_HasTheSizeItSays()
    {
        string readme = File.ReadAllText(RepositoryFiles.PathOf("searchspaces/README.md"));
        SearchSpace space = TestSpaces.Read(Regex.Match(readme, "```json\n(.*?)```", RegexOptions.Singleline).Groups[1].Value);
        Assert.That(space.Size, Is.EqualTo((System.Numerics.BigInteger)72));
        SearchSpace shipped = TestSpaces.FashionMobile();
        Assert.That(readme, Does.Contain(shipped.Size.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture).Replace(',', ' ')));
        string genotype = Regex.Match(readme, "^resolution=.*$", RegexOptions.Multiline).Value;
        Assert.That(shipped.Format(shipped.Parse(genotype)), Is.EqualTo(genotype));
    }

    private static JsonSchema SchemaOf(string family) => JsonSchema.Read($"searchspaces/schema/{family}.schema.json");

    private static bool IsRefused(string space)
    {
        try
        {
            TestSpaces.Read(space);
            return false;
        }
        catch (InputFormatException)
        {
            return true;
        }
    }

    private static JsonElement Item(JsonElement properties, string list, string key) => properties.GetProperty(list).GetProperty("items").GetProperty("properties").GetProperty(key);

    private static IEnumerable<string> Names(JsonElement property) => property.GetProperty("enum").EnumerateArray().Select(name => name.GetString()!);
}
