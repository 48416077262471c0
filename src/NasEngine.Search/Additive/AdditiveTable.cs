using NasEngine.Core.Spaces;

namespace NasEngine.Search.Additive;

/// <summary>A value of architectures that adds up over their genes: one number for every choice of every gene, and one that all have.</summary>
/// <remarks>Genes that do not matter add nothing. Immutable and thread-safe.</remarks>
public sealed class AdditiveTable
{
    private readonly double[][] _values;

    /// <summary>Initializes the table.</summary>
    /// <param name="space">The space.</param>
    /// <param name="values">For each gene of the space, one finite number for each of its choices.</param>
    /// <param name="constant">What every architecture has; finite, 0 unless given.</param>
    /// <exception cref="ArgumentException">The numbers do not fit the genes, or one is not finite; the message names the gene.</exception>
    public AdditiveTable(SearchSpace space, IReadOnlyList<IReadOnlyList<double>> values, double constant = 0)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != space.Genes.Length || !double.IsFinite(constant))
        {
            throw new ArgumentException($"Expected values for {space.Genes.Length} genes and a finite constant, got {values.Count} and {constant}.", nameof(values));
        }

        for (int gene = 0; gene < values.Count; gene++)
        {
            if (values[gene].Count != space.Genes[gene].Choices.Length || !values[gene].All(double.IsFinite))
            {
                throw new ArgumentException($"Expected {space.Genes[gene].Choices.Length} finite values for {space.Genes[gene].Name}, got [{string.Join(", ", values[gene])}].", nameof(values));
            }
        }

        (Space, Constant, _values) = (space, constant, [.. values.Select(row => row.ToArray())]);
    }

    /// <summary>Gets the space.</summary>
    public SearchSpace Space { get; }

    /// <summary>Gets what every architecture has.</summary>
    public double Constant { get; }

    /// <summary>Gives what a choice adds where its gene matters.</summary>
    public double this[int gene, int choice] => _values[gene][choice];

    /// <summary>Adds up the values of an architecture, in the order of the genes.</summary>
    /// <param name="genotype">A canonical genotype of the space.</param>
    public double Sum(Genotype genotype)
    {
        ArgumentNullException.ThrowIfNull(genotype);
        double sum = Constant;
        for (int gene = 0; gene < _values.Length; gene++)
        {
            sum += Space.IsActive(genotype, gene) ? _values[gene][genotype.Choices[gene]] : 0;
        }

        return sum;
    }
}
