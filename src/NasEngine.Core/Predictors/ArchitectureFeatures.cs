using System.Globalization;
using NasEngine.Core.Spaces;

namespace NasEngine.Core.Predictors;

/// <summary>Turns architectures of a space into features that any predictor takes.</summary>
/// <remarks>
/// Genes that do not matter in an architecture are masked: their ordinal, value and one-hot columns are all 0, so that equal networks have
/// equal features. Kinds without an order have one-hot columns in every encoding, and counts in place of means. Immutable and thread-safe.
/// </remarks>
public sealed class ArchitectureFeatures
{
    private readonly SearchSpace _space;
    private readonly Action<Genotype, double[]>[] _writers;

    /// <summary>Initializes the features of a space.</summary>
    /// <param name="space">The space.</param>
    /// <param name="encoding">Which groups of features to give.</param>
    public ArchitectureFeatures(SearchSpace space, ArchitectureEncoding encoding = ArchitectureEncoding.Standard)
    {
        ArgumentNullException.ThrowIfNull(space);
        _space = space;
        List<(string Name, FeatureKind Kind)> columns = [];
        List<Action<Genotype, double[]>> writers = [];
        int[] all = [.. Enumerable.Range(0, space.Genes.Length)];
        int[] elastic = [.. all.Where(gene => space.Genes[gene].Choices.Length > 1)];
        foreach (int gene in elastic.Where(gene => encoding.HasFlag(ArchitectureEncoding.Ordinal) && !space.Genes[gene].IsCategorical))
        {
            double last = space.Genes[gene].Choices.Length - 1;
            Add(space.Genes[gene].Name, FeatureKind.Ordinal, genotype => genotype.Choices[gene] / last);
        }

        foreach (int gene in elastic.Where(gene => encoding.HasFlag(ArchitectureEncoding.OneHot) || space.Genes[gene].IsCategorical))
        {
            for (int choice = 0; choice < space.Genes[gene].Choices.Length; choice++)
            {
                int wanted = choice;
                Add($"{space.Genes[gene].Name}={space.Genes[gene].TextOf(choice)}", FeatureKind.OneHot, genotype => genotype.Choices[gene] == wanted && space.IsActive(genotype, gene) ? 1 : 0);
            }
        }

        foreach (int gene in all.Where(gene => encoding.HasFlag(ArchitectureEncoding.Value) && space.Genes[gene].Labels.IsEmpty))
        {
            Add($"{space.Genes[gene].Name}.value", FeatureKind.Value, genotype => space.IsActive(genotype, gene) ? space.Value(genotype, gene) : 0);
        }

        foreach (int gene in all.Where(gene => encoding.HasFlag(ArchitectureEncoding.Activity) && space.Genes[gene].ActiveWhen is not null))
        {
            Add($"{space.Genes[gene].Name}.active", FeatureKind.Activity, genotype => space.IsActive(genotype, gene) ? 1 : 0);
        }

        foreach (IGrouping<string, int> dimension in all.GroupBy(gene => space.Genes[gene].Dimension).Where(group => encoding.HasFlag(ArchitectureEncoding.Summary) && group.Count() > 1))
        {
            AddSummary(dimension.Key, [.. dimension]);
        }

        if (encoding.HasFlag(ArchitectureEncoding.Graph) && space.Layout is ICellLayout { Graph: CellGraph graph })
        {
            CellFeatures cell = new(space, graph);
            int from = columns.Count;
            columns.AddRange(cell.Columns.Select(name => (name, FeatureKind.Graph)));
            writers.Add((genotype, values) => cell.Write(genotype, values.AsSpan(from, cell.Columns.Count)));
        }

        Columns = [.. columns.Select(column => column.Name)];
        Kinds = [.. columns.Select(column => column.Kind)];
        _writers = [.. writers];

        void Add(string name, FeatureKind kind, Func<Genotype, double> value)
        {
            int column = columns.Count;
            columns.Add((name, kind));
            writers.Add((genotype, values) => values[column] = value(genotype));
        }

        void AddSummary(string dimension, int[] genes)
        {
            if (genes.All(gene => !space.Genes[gene].IsCategorical))
            {
                int column = columns.Count;
                columns.AddRange([($"{dimension}.mean", FeatureKind.Summary), ($"{dimension}.sum", FeatureKind.Summary)]);
                writers.Add((genotype, values) =>
                {
                    (double sum, int count) = (0, 0);
                    foreach (int gene in genes)
                    {
                        if (space.IsActive(genotype, gene))
                        {
                            (sum, count) = (sum + space.Value(genotype, gene), count + 1);
                        }
                    }

                    (values[column], values[column + 1]) = (count == 0 ? 0 : sum / count, sum);
                });
                return;
            }

            foreach (string label in genes.SelectMany(gene => Enumerable.Range(0, space.Genes[gene].Choices.Length).Select(space.Genes[gene].TextOf)).Distinct(StringComparer.Ordinal))
            {
                Add($"{dimension}.count={label}", FeatureKind.Summary, genotype => genes.Count(gene => space.IsActive(genotype, gene) && space.Genes[gene].TextOf(genotype.Choices[gene]) == label));
            }
        }
    }

    /// <summary>Gets the names of the features.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Gets what each feature is.</summary>
    public IReadOnlyList<FeatureKind> Kinds { get; }

    /// <summary>Gives the features of an architecture, in the order of <see cref="Columns"/>.</summary>
    public double[] Of(Genotype genotype)
    {
        ArgumentNullException.ThrowIfNull(genotype);
        double[] values = new double[Columns.Count];
        foreach (Action<Genotype, double[]> write in _writers)
        {
            write(genotype, values);
        }

        return values;
    }

    /// <summary>Gives the features of many architectures.</summary>
    /// <param name="genotypes">The architectures, one for each row.</param>
    public FeatureTable Table(IEnumerable<Genotype> genotypes) => new(Columns, genotypes.Select(Of), Kinds);

    /// <summary>Gives the space's name and its number of features.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_space.Name}: {Columns.Count} features");
}
