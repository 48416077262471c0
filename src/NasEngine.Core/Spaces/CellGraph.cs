using System.Collections.Immutable;

namespace NasEngine.Core.Spaces;

/// <summary>Which edge of a cell's graph each gene stands for. Nodes are numbered so that edges lead upwards; node 0 is the input, the last the output.</summary>
/// <param name="Nodes">How many nodes the cell has; at least 2.</param>
/// <param name="Edges">The edges, each with the gene that chooses its operation.</param>
/// <param name="Absent">Labels of choices that mean that there is no edge.</param>
public sealed record CellGraph(int Nodes, ImmutableArray<CellEdge> Edges, ImmutableArray<string> Absent);

/// <summary>An edge of a cell.</summary>
/// <param name="Gene">The place, among the space's genes, of the gene that chooses its operation.</param>
/// <param name="From">The node it starts from.</param>
/// <param name="To">The node it leads to; greater than <paramref name="From"/>.</param>
public sealed record CellEdge(int Gene, int From, int To);

/// <summary>A layout whose genes, or some of them, stand for edges of a graph.</summary>
public interface ICellLayout
{
    /// <summary>Gets the graph, or <see langword="null"/> if the space has none.</summary>
    CellGraph? Graph { get; }
}
