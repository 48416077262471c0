using NasEngine.Networks.Readers;

namespace NasEngine.Networks.Families.CellCnn;

/// <summary>The weights of one cell of a supernet: every edge owns those of each of its operations.</summary>
/// <remarks>Weights are not shared between edges or between operations, as in DARTS and in Guo et al., Single Path One-Shot, ECCV 2020.</remarks>
internal sealed class CellWeights
{
    private readonly CellCnnLayout _layout;
    private readonly int _channels;
    private readonly Dictionary<(int From, int To), IConvolutionBlock?[]> _edges;
    private readonly ReluConvolutionNorm?[] _joins;

    public CellWeights(string name, CellCnnLayout layout, int channels)
    {
        (_layout, _channels) = (layout, channels);
        _edges = CellCnnLayout.EdgesOf(layout.Nodes).ToDictionary(edge => edge, edge => layout.Operations.Items
            .Select(operation => CellOperations.CreateWeights(operation, FormattableString.Invariant($"{name}.edge{edge.From}_{edge.To}.{operation}"), channels)).ToArray());
        _joins = [.. Enumerable.Range(0, layout.Nodes).Select(node => layout.Join == CellJoin.Concat && node > 0
            ? new ReluConvolutionNorm(FormattableString.Invariant($"{name}.node{node}"), node * channels, channels, 1, 1) : null)];
    }

    /// <summary>Reads the cell; one that no way leads through gives zeros.</summary>
    public T Read<T>(INetworkReader<T> reader, T x, CellCnnPlan plan)
    {
        if (plan.Edges.Items.IsEmpty)
        {
            return reader.Zero(x);
        }

        T[] nodes = new T[_layout.Nodes];
        nodes[0] = x;
        foreach (IGrouping<int, CellEdgePlan> node in plan.Edges.Items.GroupBy(edge => edge.To))
        {
            nodes[node.Key] = Join(reader, node.Key, [.. node.Select(edge =>
                CellOperations.Read(reader, nodes[edge.From], _layout.Operations.Items[edge.Operation], _edges[(edge.From, edge.To)][edge.Operation]))]);
        }

        return nodes[^1];
    }

    private T Join<T>(INetworkReader<T> reader, int node, T[] values) => _joins[node] is ReluConvolutionNorm join
        ? join.ReadLeading(reader, values.Length == 1 ? values[0] : reader.Concatenate(values), values.Length * _channels)
        : values.Aggregate(reader.Add);
}
