using System.Text.Json;
using System.Text.RegularExpressions;

namespace NasEngine.Testing.Schemas;

/// <summary>A schema that ships, and checks against it: the keywords that our schemas use, and no others.</summary>
public sealed class JsonSchema
{
    private readonly string _folder;

    private JsonSchema(string folder, JsonElement root) => (_folder, Root) = (folder, root);

    /// <summary>Gets the schema itself.</summary>
    public JsonElement Root { get; }

    /// <summary>Reads a schema.</summary>
    /// <param name="file">Its path in the repository.</param>
    public static JsonSchema Read(string file) => Open(RepositoryFiles.PathOf(file));

    /// <summary>Lists what a value violates; empty if nothing.</summary>
    public IEnumerable<string> Faults(JsonElement value) => Faults(Root, value, "$");

    /// <summary>Lists the paths of all keys that a value may have, such as <c>$.task.kind</c>; references are not followed.</summary>
    public IEnumerable<string> Keys() => Keys(Root, "$");

    /// <summary>Lists the keys of a value in the same form.</summary>
    public static IEnumerable<string> KeysOf(JsonElement value, string path = "$") => (value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => KeysOf(property.Value, $"{path}.{property.Name}").Prepend($"{path}.{property.Name}")),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(element => KeysOf(element, $"{path}[]")),
        _ => [],
    }).Distinct();

    /// <summary>Lists the keys that have neither a description nor a reference to one.</summary>
    public IEnumerable<string> Undescribed() => Nodes(Root)
        .Where(node => node.ValueKind == JsonValueKind.Object && node.TryGetProperty("properties", out _))
        .SelectMany(node => node.GetProperty("properties").EnumerateObject())
        .Where(property => !property.Value.TryGetProperty("description", out _) && !property.Value.TryGetProperty("$ref", out _))
        .Select(property => property.Name);

    private static JsonSchema Open(string path) => new(Path.GetDirectoryName(path)!, JsonDocument.Parse(File.ReadAllText(path)).RootElement);

    private static IEnumerable<JsonElement> Nodes(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().SelectMany(property => Nodes(property.Value)).Prepend(node),
        JsonValueKind.Array => node.EnumerateArray().SelectMany(Nodes),
        _ => [],
    };

    private static IEnumerable<string> Keys(JsonElement schema, string path) => schema.TryGetProperty("items", out JsonElement items)
        ? Keys(items, $"{path}[]")
        : schema.TryGetProperty("properties", out JsonElement properties)
            ? properties.EnumerateObject().SelectMany(property => Keys(property.Value, $"{path}.{property.Name}").Prepend($"{path}.{property.Name}"))
            : [];

    private IEnumerable<string> Faults(JsonElement schema, JsonElement value, string path) => schema.EnumerateObject().SelectMany(keyword => keyword.Name switch
    {
        "type" => HasType(keyword.Value, value) ? [] : [$"{path}: {keyword.Value} expected"],
        "enum" => keyword.Value.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)) ? [] : [$"{path}: not one of {keyword.Value}"],
        "pattern" => Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!) ? [] : [$"{path}: pattern"],
        "minLength" => value.GetString()!.Length >= keyword.Value.GetInt32() ? [] : [$"{path}: too short"],
        "maxLength" => value.GetString()!.Length <= keyword.Value.GetInt32() ? [] : [$"{path}: too long"],
        "minimum" => value.GetDouble() >= keyword.Value.GetDouble() ? [] : [$"{path}: too small"],
        "maximum" => value.GetDouble() <= keyword.Value.GetDouble() ? [] : [$"{path}: too large"],
        "minItems" => value.GetArrayLength() >= keyword.Value.GetInt32() ? [] : [$"{path}: too few"],
        "maxItems" => value.GetArrayLength() <= keyword.Value.GetInt32() ? [] : [$"{path}: too many"],
        "minProperties" => value.EnumerateObject().Count() >= keyword.Value.GetInt32() ? [] : [$"{path}: too few keys"],
        "required" => keyword.Value.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{path}: {name} is missing"),
        "items" => value.EnumerateArray().SelectMany((element, index) => Faults(keyword.Value, element, $"{path}[{index}]")),
        "properties" => keyword.Value.EnumerateObject().Where(property => value.TryGetProperty(property.Name, out _))
            .SelectMany(property => Faults(property.Value, value.GetProperty(property.Name), $"{path}.{property.Name}")),
        "additionalProperties" => value.EnumerateObject().Where(property => !(schema.TryGetProperty("properties", out JsonElement known) && known.TryGetProperty(property.Name, out _)))
            .SelectMany(property => keyword.Value.ValueKind == JsonValueKind.Object ? Faults(keyword.Value, property.Value, $"{path}.{property.Name}") : [$"{path}: {property.Name} is unknown"]),
        "anyOf" => keyword.Value.EnumerateArray().Any(one => !Faults(one, value, path).Any()) ? [] : [$"{path}: none of the allowed forms"],
        "$ref" => Referred(keyword.Value.GetString()!, value, path),
        "$schema" or "$id" or "title" or "description" or "default" => [],
        _ => [$"{path}: the check does not know the keyword {keyword.Name}"],
    });

    // FILE or FILE#/properties/NAME, beside this schema.
    private IEnumerable<string> Referred(string reference, JsonElement value, string path)
    {
        string[] parts = reference.Split('#');
        JsonSchema other = Open(Path.Combine(_folder, parts[0]));
        JsonElement place = parts.Skip(1).SelectMany(pointer => pointer.Split('/').Skip(1)).Aggregate(other.Root, (node, key) => node.GetProperty(key));
        return other.Faults(place, value, path);
    }

    private static bool HasType(JsonElement type, JsonElement value) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(one => HasType(one, value))
        : type.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "number" => value.ValueKind == JsonValueKind.Number,
            _ => throw new InvalidOperationException($"The check does not know the type {type}."),
        };
}
