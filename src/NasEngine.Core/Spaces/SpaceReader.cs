using System.Collections.Immutable;
using System.Globalization;
using NasEngine.Core.Errors;
using NasEngine.Core.Json;
using NasEngine.Core.Objectives;

namespace NasEngine.Core.Spaces;

/// <summary>Reads search spaces from JSON. The format is described in <c>searchspaces/README.md</c>.</summary>
/// <remarks>Thread-safe if the families are.</remarks>
public sealed class SpaceReader
{
    private static readonly string[] ScopeNames = ["network", "stage", "block"];

    private readonly Dictionary<string, ISpaceFamily> _families;

    /// <summary>Initializes the reader with the families it knows.</summary>
    public SpaceReader(IEnumerable<ISpaceFamily> families) => _families = families.ToDictionary(family => family.Name, StringComparer.Ordinal);

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputFormatException">The file has faults; all are listed with their paths.</exception>
    /// <exception cref="UsageException">There is no such file.</exception>
    public SearchSpace ReadFile(string file) => Checked(file, StrictJson.ReadFile(file, Read));

    /// <summary>Reads a text.</summary>
    /// <param name="file">What to call the text in messages.</param>
    /// <param name="text">UTF-8.</param>
    public SearchSpace ReadText(string file, ReadOnlyMemory<byte> text) => Checked(file, StrictJson.Read(file, text, Read));

    /// <summary>Reads objectives and constraints where they stand in an object; a run file may overrule those of its space.</summary>
    public static (IReadOnlyList<Objective> Objectives, IReadOnlyList<Constraint> Constraints) ReadGoals(JsonObjectReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        List<Objective> objectives = [];
        foreach (JsonObjectReader entry in reader.Objects("objectives", required: false))
        {
            Metric metric = ReadMetric(entry);
            string goal = entry.Text("goal", metric.Goal == Goal.Maximize ? "maximize" : "minimize", ["minimize", "maximize"]);
            Objective objective = new(ReadKey(entry, metric), goal == "maximize" ? Goal.Maximize : Goal.Minimize);
            if (objectives.Any(other => other.Key == objective.Key))
            {
                entry.Fault("metric", $"{objective.Key} is an objective already.");
            }

            objectives.Add(objective);
        }

        List<Constraint> constraints = [];
        foreach (JsonObjectReader entry in reader.Objects("constraints", required: false))
        {
            Metric metric = ReadMetric(entry);
            Constraint constraint = new(ReadKey(entry, metric), entry.Quantity("min", metric.Unit), entry.Quantity("max", metric.Unit));
            if (!entry.Has("min") && !entry.Has("max"))
            {
                entry.Fault(string.Empty, "'min' or 'max' is expected.");
            }
            else if (constraint.Minimum > constraint.Maximum)
            {
                entry.Fault("min", "'min' is greater than 'max', so nothing can meet both.");
            }

            constraints.Add(constraint);
        }

        return (objectives, constraints);
    }

    private static Metric ReadMetric(JsonObjectReader entry)
    {
        string name = entry.Text("metric", allowed: [.. Metric.All.Select(metric => metric.Name)]);
        return Metric.All.FirstOrDefault(metric => metric.Name == name) ?? Metric.Accuracy;
    }

    private static MetricKey ReadKey(JsonObjectReader entry, Metric metric)
    {
        if (!metric.IsPerDevice && entry.Has("device"))
        {
            entry.Fault("device", $"{metric.Name} does not depend on a device.");
        }

        return new MetricKey(metric.Name, metric.IsPerDevice ? entry.Text("device", "local") : null);
    }

    private SearchSpace Checked(string file, SearchSpace space) =>
        _families[space.Family].Check(space) is string problem ? throw new InputFormatException(file, problem) : space;

    private SearchSpace? Read(JsonObjectReader root)
    {
        root.Text("$schema", string.Empty);
        string name = root.Text("name");
        if (name.Length is 0 or > 64 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') || name[0] == '.')
        {
            root.Fault("name", "1 to 64 letters, digits, '-', '_' and '.' are expected, not starting with '.'.");
        }

        string familyName = root.Text("family", allowed: _families.Keys);
        int version = (int)root.Integer("version", 1, int.MaxValue, 1);
        if (!_families.TryGetValue(familyName, out ISpaceFamily? family))
        {
            root.AllowAnyKey(); // without a family nobody knows which keys it has
            return null;
        }

        SpaceTask task = family.HasNetworks ? ReadTask(root) : SpaceTask.None;
        (IReadOnlyList<Objective> objectives, IReadOnlyList<Constraint> constraints) = family.HasNetworks ? ReadGoals(root) : ([], []);
        IReadOnlyList<ElasticDimension> dimensions = family.Dimensions.Count > 0 ? ReadDimensions(root, family) : [];
        SpaceLayout? layout = family.ReadLayout(root, task, dimensions);
        return layout is null || root.HasFaults ? null : new SearchSpace(name, familyName, version, task, layout, objectives, constraints);
    }

    private static SpaceTask ReadTask(JsonObjectReader root)
    {
        JsonObjectReader? task = root.Object("task", required: true);
        return task is null
            ? new SpaceTask(string.Empty, string.Empty, 1, 2)
            : new SpaceTask(
                task.Text("kind", allowed: ["image-classification"]),
                task.Text("data"),
                (int)task.Integer("channels", 1, 64),
                (int)task.Integer("classes", 2, 100_000));
    }

    private static List<ElasticDimension> ReadDimensions(JsonObjectReader root, ISpaceFamily family)
    {
        Dictionary<string, ElasticDimension> given = new(StringComparer.Ordinal);
        foreach (JsonObjectReader entry in root.Objects("dimensions", required: true))
        {
            string name = entry.Text("name", allowed: [.. family.Dimensions.Select(dimension => dimension.Name)]);
            string per = entry.Text("per", string.Empty, ["network", "stage", "block", string.Empty]);
            DimensionSchema? schema = family.Dimensions.FirstOrDefault(dimension => dimension.Name == name);
            ImmutableArray<double> choices = ReadChoices(entry, schema);
            if (schema is null)
            {
                continue;
            }

            if (per.Length > 0 && per != ScopeNames[(int)schema.Scope])
            {
                entry.Fault("per", $"{name} is decided per {ScopeNames[(int)schema.Scope]}, not per {per}.");
            }

            if (!given.TryAdd(name, new ElasticDimension(name, schema.Scope, choices)))
            {
                entry.Fault("name", $"{name} stands here twice.");
            }
        }

        List<ElasticDimension> all = [];
        foreach (DimensionSchema schema in family.Dimensions)
        {
            if (given.TryGetValue(schema.Name, out ElasticDimension? dimension))
            {
                all.Add(dimension);
            }
            else if (schema.Default is double value)
            {
                all.Add(new ElasticDimension(schema.Name, schema.Scope, [value]));
            }
            else
            {
                root.Fault("dimensions", $"'{schema.Name}' is missing: {schema.Description}");
                all.Add(new ElasticDimension(schema.Name, schema.Scope, [schema.Minimum]));
            }
        }

        return all;
    }

    private static ImmutableArray<double> ReadChoices(JsonObjectReader entry, DimensionSchema? schema)
    {
        ImmutableArray<double> choices = [.. entry.Numbers("choices", schema?.Minimum ?? double.MinValue, schema?.Maximum ?? double.MaxValue)];
        if (choices.Length is 0 or > 64)
        {
            entry.Fault("choices", "1 to 64 choices are expected.");
        }

        for (int index = 0; index < choices.Length; index++)
        {
            if (schema is { IsWhole: true } && choices[index] != Math.Floor(choices[index]))
            {
                entry.Fault(string.Create(CultureInfo.InvariantCulture, $"choices[{index}]"), string.Create(CultureInfo.InvariantCulture, $"a whole number is expected, not {choices[index]}."));
            }

            if (index > 0 && choices[index] <= choices[index - 1])
            {
                entry.Fault("choices", string.Create(CultureInfo.InvariantCulture, $"choices must ascend, but {choices[index]} follows {choices[index - 1]}."));
                break;
            }
        }

        return choices.Length == 0 ? [schema?.Minimum ?? 0] : choices;
    }
}
