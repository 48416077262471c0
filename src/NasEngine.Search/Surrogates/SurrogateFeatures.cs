using NasEngine.Core.Predictors;
using NasEngine.Core.Spaces;

namespace NasEngine.Search.Surrogates;

/// <summary>What surrogates see of an architecture: numeric features, and for every gene a code that is equal where the networks are.</summary>
/// <remarks>
/// A gene that does not matter has a code of its own, so that it differs from every choice. In a cell, an edge on no way from input to output
/// counts as one that does not matter, and one-hot columns of the edges in use stand beside the plain ones.
/// </remarks>
internal sealed class SurrogateFeatures
{
    private const byte Inactive = 255;

    private readonly SearchSpace _space;
    private readonly ArchitectureFeatures _features;
    private readonly CellGraph? _graph;
    private readonly int[] _usedColumns;

    public SurrogateFeatures(SearchSpace space)
    {
        _space = space;
        _features = new ArchitectureFeatures(space);
        _graph = (space.Layout as ICellLayout)?.Graph;
        int next = _features.Columns.Count;
        _usedColumns = new int[_graph?.Edges.Length ?? 0];
        for (int edge = 0; edge < _usedColumns.Length; edge++)
        {
            _usedColumns[edge] = next;
            next += space.Genes[_graph!.Edges[edge].Gene].Choices.Length;
        }

        Count = Math.Max(1, next);
        Genes = Math.Max(1, space.Genes.Length);
    }

    /// <summary>Gets the number of numeric features.</summary>
    public int Count { get; }

    /// <summary>Gets the number of codes.</summary>
    public int Genes { get; }

    /// <summary>Writes the features and codes of an architecture.</summary>
    /// <param name="genotype">The architecture.</param>
    /// <param name="features">Receives <see cref="Count"/> numbers.</param>
    /// <param name="codes">Receives <see cref="Genes"/> codes.</param>
    public void Write(Genotype genotype, Span<float> features, Span<byte> codes)
    {
        features.Clear();
        codes.Clear();
        double[] values = _features.Of(genotype);
        for (int column = 0; column < values.Length; column++)
        {
            features[column] = (float)values[column];
        }

        for (int gene = 0; gene < _space.Genes.Length; gene++)
        {
            codes[gene] = _space.IsActive(genotype, gene) ? genotype.Choices[gene] : Inactive;
        }

        if (_graph is not null)
        {
            WriteEdges(_graph, genotype, features, codes);
        }
    }

    private void WriteEdges(CellGraph graph, Genotype genotype, Span<float> features, Span<byte> codes)
    {
        Span<bool> present = stackalloc bool[graph.Edges.Length];
        for (int edge = 0; edge < present.Length; edge++)
        {
            int gene = graph.Edges[edge].Gene;
            present[edge] = codes[gene] != Inactive && !graph.Absent.Contains(_space.Genes[gene].TextOf(genotype.Choices[gene]));
        }

        Span<bool> reached = stackalloc bool[graph.Nodes];
        Span<bool> leads = stackalloc bool[graph.Nodes];
        (reached[0], leads[^1]) = (true, true);
        for (int round = 0; round < graph.Nodes; round++)
        {
            for (int edge = 0; edge < present.Length; edge++)
            {
                CellEdge ends = graph.Edges[edge];
                reached[ends.To] |= present[edge] && reached[ends.From];
                leads[ends.From] |= present[edge] && leads[ends.To];
            }
        }

        for (int edge = 0; edge < present.Length; edge++)
        {
            CellEdge ends = graph.Edges[edge];
            if (present[edge] && reached[ends.From] && leads[ends.To])
            {
                features[_usedColumns[edge] + genotype.Choices[ends.Gene]] = 1;
            }
            else
            {
                codes[ends.Gene] = Inactive;
            }
        }
    }
}
