using System.Collections.Immutable;
using System.Globalization;
using NasEngine.Core.Spaces;

namespace NasEngine.Networks.Families.CellCnn;

/// <summary>The fixed sizes of a space of cells.</summary>
/// <param name="Genes">One gene for each edge, edges in the order 0→1, 0→2, …, 0→n, 1→2, ….</param>
/// <param name="Resolution">Height and width of an input image.</param>
/// <param name="Stages">Stages from the input on; each but the first begins at half the resolution.</param>
/// <param name="Nodes">Nodes of a cell; 0 is its input, the last its output.</param>
/// <param name="Join">How a node makes one value of those that its edges bring.</param>
/// <param name="Operations">What an edge may do.</param>
internal sealed record CellCnnLayout(
    ImmutableArray<Gene> Genes,
    int Resolution,
    SequenceOf<CellStage> Stages,
    int Nodes,
    CellJoin Join,
    SequenceOf<string> Operations) : SpaceLayout(Genes), ICellLayout
{
    /// <summary>Gets the graph whose edges the genes are.</summary>
    public CellGraph Graph { get; } = new(Nodes, [.. EdgesOf(Nodes).Select((edge, gene) => new CellEdge(gene, edge.From, edge.To))], [CellOperations.None]);

    CellGraph? ICellLayout.Graph => Graph;

    /// <summary>Lists the edges of a cell in the order of their genes.</summary>
    public static IEnumerable<(int From, int To)> EdgesOf(int nodes) =>
        Enumerable.Range(0, nodes).SelectMany(from => Enumerable.Range(from + 1, nodes - 1 - from).Select(to => (from, to)));

    /// <summary>Gives what the space's fingerprint is made from, beside the genes.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"cell {Resolution} {Stages} {Nodes} {Join} {Operations}");
}

/// <summary>Cells of one width and resolution.</summary>
/// <param name="Channels">Channels of every value in the stage.</param>
/// <param name="Cells">How many cells, one after the other, all alike.</param>
internal sealed record CellStage(int Channels, int Cells);

/// <summary>How a node of a cell makes one value of several.</summary>
internal enum CellJoin
{
    /// <summary>It adds them.</summary>
    Sum,

    /// <summary>It joins them along the channels and brings these back to the stage's number: ReLU, 1×1 convolution, normalisation.</summary>
    Concat,
}
