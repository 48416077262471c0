using NasEngine.Core.Spaces;

namespace NasEngine.Core.Predictors;

/// <summary>Properties of a cell's graph: for every set of operations how short, how long and how wide the ways are that it opens.</summary>
/// <remarks>
/// After Kadlecová and others, Surprisingly Strong Performance Prediction with Neural Graph Features, 2024: operation counts, shortest and
/// longest paths and degrees over subsets of operations. Edges on no path from input to output are left out, since nothing flows through them.
/// </remarks>
internal sealed class CellFeatures
{
    // Beyond this many operations, subsets are single operations, their complements and all.
    private const int MostForAllSubsets = 5;

    private readonly SearchSpace _space;
    private readonly CellGraph _graph;
    private readonly string[] _operations;
    private readonly int[] _subsets;
    private readonly int[] _order;

    public CellFeatures(SearchSpace space, CellGraph graph)
    {
        (_space, _graph) = (space, graph);
        _operations =
        [
            .. graph.Edges.SelectMany(edge => Enumerable.Range(0, space.Genes[edge.Gene].Choices.Length).Select(space.Genes[edge.Gene].TextOf))
                .Distinct(StringComparer.Ordinal).Where(label => !graph.Absent.Contains(label)),
        ];
        _order = [.. Enumerable.Range(0, graph.Edges.Length).OrderBy(index => graph.Edges[index].From)];
        int full = (1 << _operations.Length) - 1;
        _subsets = _operations.Length <= MostForAllSubsets
            ? [.. Enumerable.Range(1, full)]
            : [.. Enumerable.Range(0, _operations.Length).SelectMany(index => new[] { 1 << index, full & ~(1 << index) }).Append(full).Distinct()];
        List<string> columns = ["graph.edges", "graph.depth", "graph.paths"];
        columns.AddRange(_operations.Select(operation => $"graph.used={operation}"));
        foreach (string set in _subsets.Select(NameOf))
        {
            columns.AddRange([$"graph.shortest={set}", $"graph.most={set}", $"graph.least={set}", $"graph.out={set}", $"graph.in={set}", $"graph.inner.in={set}", $"graph.inner.out={set}"]);
        }

        Columns = columns;
    }

    public IReadOnlyList<string> Columns { get; }

    public void Write(Genotype genotype, Span<double> values)
    {
        int[] operations = UsedEdges(genotype);
        int at = 0;
        values[at++] = operations.Count(operation => operation >= 0);
        values[at++] = Longest(operations, static _ => 1) is var depth && depth < 0 ? 0 : depth;
        values[at++] = Paths(operations);
        for (int operation = 0; operation < _operations.Length; operation++)
        {
            values[at++] = operations.Count(used => used == operation);
        }

        foreach (int set in _subsets)
        {
            values[at++] = Shortest(operations, operation => (set >> operation & 1) == 1 ? 1 : -1);
            values[at++] = Math.Max(0, Longest(operations, operation => set >> operation & 1));
            values[at++] = Math.Min(_graph.Nodes, Shortest(operations, operation => set >> operation & 1));
            Degrees(operations, set, values.Slice(at, 4));
            at += 4;
        }
    }

    private string NameOf(int set) => string.Join('+', _operations.Where((_, index) => (set >> index & 1) == 1));

    // For every edge its operation, or -1 where there is none or it lies on no path from the input to the output.
    private int[] UsedEdges(Genotype genotype)
    {
        int[] operations = [.. _graph.Edges.Select(edge => _space.IsActive(genotype, edge.Gene)
            ? Array.IndexOf(_operations, _space.Genes[edge.Gene].TextOf(genotype.Choices[edge.Gene])) : -1)];
        Span<bool> reached = stackalloc bool[_graph.Nodes];
        Span<bool> leads = stackalloc bool[_graph.Nodes];
        (reached[0], leads[_graph.Nodes - 1]) = (true, true);
        for (int round = 0; round < _graph.Nodes; round++)
        {
            for (int index = 0; index < operations.Length; index++)
            {
                CellEdge edge = _graph.Edges[index];
                if (operations[index] >= 0)
                {
                    reached[edge.To] |= reached[edge.From];
                    leads[edge.From] |= leads[edge.To];
                }
            }
        }

        for (int index = 0; index < operations.Length; index++)
        {
            CellEdge edge = _graph.Edges[index];
            operations[index] = operations[index] >= 0 && reached[edge.From] && leads[edge.To] ? operations[index] : -1;
        }

        return operations;
    }

    // The least sum of edge costs from input to output; edges of cost -1 are closed. Without a way, one more than the nodes.
    private int Shortest(int[] operations, Func<int, int> cost)
    {
        int none = _graph.Nodes + 1;
        Span<int> distance = stackalloc int[_graph.Nodes];
        distance.Fill(none);
        distance[0] = 0;
        foreach (int index in _order)
        {
            CellEdge edge = _graph.Edges[index];
            if (operations[index] >= 0 && cost(operations[index]) is >= 0 and var step && distance[edge.From] < none)
            {
                distance[edge.To] = Math.Min(distance[edge.To], distance[edge.From] + step);
            }
        }

        return distance[^1];
    }

    // The greatest sum of edge costs from input to output; -1 without a way.
    private int Longest(int[] operations, Func<int, int> cost)
    {
        Span<int> distance = stackalloc int[_graph.Nodes];
        distance.Fill(-1);
        distance[0] = 0;
        foreach (int index in _order)
        {
            CellEdge edge = _graph.Edges[index];
            if (operations[index] >= 0 && distance[edge.From] >= 0)
            {
                distance[edge.To] = Math.Max(distance[edge.To], distance[edge.From] + cost(operations[index]));
            }
        }

        return distance[^1];
    }

    private int Paths(int[] operations)
    {
        Span<int> ways = stackalloc int[_graph.Nodes];
        ways[0] = 1;
        foreach (int index in _order)
        {
            ways[_graph.Edges[index].To] += operations[index] >= 0 ? ways[_graph.Edges[index].From] : 0;
        }

        return ways[^1];
    }

    // Degrees of the input and the output, and the mean degrees of the nodes between them.
    private void Degrees(int[] operations, int set, Span<double> degrees)
    {
        degrees.Clear();
        double inner = Math.Max(1, _graph.Nodes - 2);
        for (int index = 0; index < operations.Length; index++)
        {
            if (operations[index] >= 0 && (set >> operations[index] & 1) == 1)
            {
                CellEdge edge = _graph.Edges[index];
                degrees[edge.From == 0 ? 0 : 3] += edge.From == 0 ? 1 : 1 / inner;
                degrees[edge.To == _graph.Nodes - 1 ? 1 : 2] += edge.To == _graph.Nodes - 1 ? 1 : 1 / inner;
            }
        }
    }
}
