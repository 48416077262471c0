using System.Collections.Immutable;
using NasEngine.Core.Spaces;

namespace NasEngine.Core.Tables;

/// <summary>The genes of a table: which column each is read from, and the graph they stand for, if any.</summary>
/// <param name="Genes">The genes.</param>
/// <param name="Columns">The name of each gene's column.</param>
/// <param name="Graph">The graph of the cells that the rows describe, or <see langword="null"/>.</param>
public sealed record TableLayout(ImmutableArray<Gene> Genes, ImmutableArray<string> Columns, CellGraph? Graph = null) : SpaceLayout(Genes), ICellLayout
{
    /// <summary>Gives the columns and the graph: what the space's fingerprint is made from, beside the genes.</summary>
    public override string ToString() => $"table {string.Join(' ', Columns)} {(Graph is null ? "" : $"{Graph.Nodes} {string.Join(' ', Graph.Edges)} {string.Join(' ', Graph.Absent)}")}";
}
