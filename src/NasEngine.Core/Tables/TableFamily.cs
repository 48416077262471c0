using System.Collections.Immutable;
using System.Globalization;
using NasEngine.Core.Json;
using NasEngine.Core.Spaces;

namespace NasEngine.Core.Tables;

/// <summary>Spaces whose architectures are rows of a table: genes are columns, metrics are other columns, and there is no network.</summary>
public sealed class TableFamily : ISpaceFamily
{
    private const int MostNodes = 64;

    /// <inheritdoc/>
    public string Name => "table";

    /// <inheritdoc/>
    public string Description => "Rows of a table of measurements: genes and metrics are columns; there is no network.";

    /// <inheritdoc/>
    public bool HasNetworks => false;

    /// <inheritdoc/>
    public IReadOnlyList<DimensionSchema> Dimensions => [];

    /// <inheritdoc/>
    public SpaceLayout? ReadLayout(JsonObjectReader root, SpaceTask task, IReadOnlyList<ElasticDimension> dimensions)
    {
        ArgumentNullException.ThrowIfNull(root);
        List<Gene> genes = [];
        List<string> columns = [];
        List<(JsonObjectReader Entry, string Gene, double Minimum)> conditions = [];
        foreach (JsonObjectReader entry in root.Objects("genes", required: true))
        {
            string column = entry.Text("column");
            if (columns.Contains(column))
            {
                entry.Fault("column", $"'{column}' stands here twice.");
            }

            string dimension = entry.Text("dimension", column);
            if (dimension.Length == 0 || dimension.AsSpan().ContainsAny(" =,\t"))
            {
                entry.Fault("dimension", "a name without spaces, commas and '=' is expected.");
            }

            if (genes.Count > 0 && genes[^1].Dimension != dimension && genes.Any(gene => gene.Dimension == dimension))
            {
                entry.Fault("dimension", $"the genes of {dimension} must follow each other.");
            }

            Gene gene = ReadChoices(entry, dimension, genes.Count(other => other.Dimension == dimension));
            JsonObjectReader? condition = entry.Object("activeWhen", required: false);
            if (condition is not null)
            {
                conditions.Add((condition, condition.Text("gene"), condition.Number("min", double.MinValue, double.MaxValue)));
            }

            genes.Add(gene with { ActiveWhen = condition is null ? null : new GeneCondition(-1, 0) });
            columns.Add(column);
        }

        if (genes.Count == 0)
        {
            root.Fault("genes", "at least one gene is expected.");
        }

        ResolveConditions(genes, columns, conditions);
        CellGraph? graph = root.Object("graph", required: false) is JsonObjectReader section ? ReadGraph(section, columns) : null;
        return root.HasFaults ? null : new TableLayout([.. genes], [.. columns], graph);
    }

    /// <inheritdoc/>
    public string? Check(SearchSpace space) => null;

    private static Gene ReadChoices(JsonObjectReader entry, string dimension, int index)
    {
        (IReadOnlyList<string> texts, bool areNumbers) = entry.Scalars("choices", required: true);
        if (texts.Count is 0 or > 255 || texts.Distinct(StringComparer.Ordinal).Count() != texts.Count)
        {
            entry.Fault("choices", "1 to 255 choices are expected, no two equal.");
            return new Gene(dimension, index, [0]);
        }

        bool isOrdered = entry.Flag("ordered", areNumbers);
        double[] numbers = areNumbers ? [.. texts.Select(text => double.Parse(text, CultureInfo.InvariantCulture))] : [];
        if (areNumbers && isOrdered && !numbers.SequenceEqual(numbers.Order()))
        {
            entry.Fault("choices", "numbers must ascend.");
        }

        return areNumbers && isOrdered
            ? new Gene(dimension, index, [.. numbers])
            : new Gene(dimension, index, [.. Enumerable.Range(0, texts.Count).Select(static place => (double)place)]) { Labels = [.. texts], IsCategorical = !isOrdered };
    }

    private static void ResolveConditions(List<Gene> genes, List<string> columns, List<(JsonObjectReader Entry, string Gene, double Minimum)> conditions)
    {
        int next = 0;
        for (int index = 0; index < genes.Count; index++)
        {
            if (genes[index].ActiveWhen is null)
            {
                continue;
            }

            (JsonObjectReader entry, string name, double minimum) = conditions[next++];
            int other = columns.IndexOf(name);
            if (other < 0 || genes[other].ActiveWhen is not null || !genes[other].Labels.IsEmpty)
            {
                entry.Fault("gene", $"the column of a gene of numbers is expected that always matters, not '{name}'.");
            }
            else
            {
                genes[index] = genes[index] with { ActiveWhen = new GeneCondition(other, minimum) };
            }
        }
    }

    private static CellGraph ReadGraph(JsonObjectReader section, List<string> columns)
    {
        int nodes = (int)section.Integer("nodes", 2, MostNodes);
        List<CellEdge> edges = [];
        foreach (JsonObjectReader entry in section.Objects("edges", required: true))
        {
            string gene = entry.Text("gene", allowed: columns);
            int from = (int)entry.Integer("from", 0, nodes - 2);
            int to = (int)entry.Integer("to", 1, nodes - 1);
            if (to <= from)
            {
                entry.Fault("to", string.Create(CultureInfo.InvariantCulture, $"a node after {from} is expected: edges lead upwards."));
            }

            edges.Add(new CellEdge(columns.IndexOf(gene), from, to));
        }

        (IReadOnlyList<string> absent, _) = section.Scalars("absent", required: false);
        return new CellGraph(nodes, [.. edges], [.. absent]);
    }
}
