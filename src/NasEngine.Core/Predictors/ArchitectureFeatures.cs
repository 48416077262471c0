using NasEngine.Core.Spaces;

namespace NasEngine.Core.Predictors;

/// <summary>Turns architectures of a space into features that any predictor of accuracy takes.</summary>
/// <remarks>
/// For every gene with a choice: the place of its choice from 0 to 1, 0 where the gene does not matter; for every conditional one, whether it
/// matters. For every dimension with several genes: the mean and the sum of its values over the genes that matter. Immutable and thread-safe.
/// </remarks>
public sealed class ArchitectureFeatures
{
    private readonly SearchSpace _space;
    private readonly int[] _elastic;
    private readonly int[] _conditional;
    private readonly (string Name, int[] Genes)[] _dimensions;

    /// <summary>Initializes the features of a space.</summary>
    public ArchitectureFeatures(SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        _space = space;
        int[] all = [.. Enumerable.Range(0, space.Genes.Length)];
        _elastic = [.. all.Where(gene => space.Genes[gene].Choices.Length > 1)];
        _conditional = [.. all.Where(gene => space.Genes[gene].ActiveWhen is not null)];
        _dimensions = [.. all.GroupBy(gene => space.Genes[gene].Dimension).Where(group => group.Count() > 1).Select(group => (group.Key, group.ToArray()))];
        Columns =
        [
            .. _elastic.Select(gene => Name(gene)),
            .. _conditional.Select(gene => $"{Name(gene)}.active"),
            .. _dimensions.SelectMany(dimension => new[] { $"{dimension.Name}.mean", $"{dimension.Name}.sum" }),
        ];
    }

    /// <summary>Gets the names of the features.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Gives the features of an architecture, in the order of <see cref="Columns"/>.</summary>
    public double[] Of(Genotype genotype)
    {
        ArgumentNullException.ThrowIfNull(genotype);
        double[] values = new double[Columns.Count];
        int column = 0;
        foreach (int gene in _elastic)
        {
            values[column++] = (double)genotype.Choices[gene] / (_space.Genes[gene].Choices.Length - 1);
        }

        foreach (int gene in _conditional)
        {
            values[column++] = _space.IsActive(genotype, gene) ? 1 : 0;
        }

        foreach ((_, int[] genes) in _dimensions)
        {
            double[] active = [.. genes.Where(gene => _space.IsActive(genotype, gene)).Select(gene => _space.Value(genotype, gene))];
            values[column++] = active.Length == 0 ? 0 : active.Average();
            values[column++] = active.Sum();
        }

        return values;
    }

    /// <summary>Gives the features of many architectures.</summary>
    /// <param name="genotypes">The architectures, one for each row.</param>
    public FeatureTable Table(IEnumerable<Genotype> genotypes) => new(Columns, genotypes.Select(Of));

    private string Name(int gene) => $"{_space.Genes[gene].Dimension}[{_space.Genes[gene].Index}]";
}
