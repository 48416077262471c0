using NasEngine.Core.Spaces;

namespace NasEngine.Search.Additive;

/// <summary>A value of architectures that adds up over their genes: for every gene and choice a part; genes that do not matter add nothing.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class AdditiveTable
{
    private readonly double[] _parts;
    private readonly int[] _starts;

    /// <summary>Initializes the table.</summary>
    /// <param name="space">The space.</param>
    /// <param name="parts">For every gene, in the space's order, one finite value for each of its choices. Any unit, the same for all.</param>
    /// <param name="constant">What every architecture has in addition; 0 unless set.</param>
    /// <exception cref="ArgumentException">A gene or a choice has no value, or a value is not finite: a missing part is never 0.</exception>
    public AdditiveTable(SearchSpace space, IReadOnlyList<IReadOnlyList<double>> parts, double constant = 0)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count != space.Genes.Length || !double.IsFinite(constant))
        {
            throw new ArgumentException($"Space '{space.Name}' has {space.Genes.Length} genes, the table {parts.Count}; its constant is {constant} and must be finite.", nameof(parts));
        }

        for (int gene = 0; gene < parts.Count; gene++)
        {
            int choices = space.Genes[gene].Choices.Length;
            if (parts[gene].Count != choices || parts[gene].Any(part => !double.IsFinite(part)))
            {
                throw new ArgumentException($"Gene {space.Genes[gene].Name} needs {choices} finite values, one for each choice, got {string.Join(", ", parts[gene])}.", nameof(parts));
            }
        }

        (Space, Constant) = (space, constant);
        _parts = [.. parts.SelectMany(part => part.Prepend(0))];
        _starts = new int[parts.Count];
        for (int gene = 0; gene < _starts.Length; gene++)
        {
            _starts[gene] = gene == 0 ? 1 : _starts[gene - 1] + parts[gene - 1].Count + 1;
        }
    }

    /// <summary>Gets the space.</summary>
    public SearchSpace Space { get; }

    /// <summary>Gets what every architecture has in addition.</summary>
    public double Constant { get; }

    /// <summary>Gets the parts gene after gene, each led by the 0 of a gene that does not matter.</summary>
    internal ReadOnlySpan<double> Parts => _parts;

    /// <summary>Gives what a choice adds where its gene matters.</summary>
    public double this[int gene, int choice] => _parts[_starts[gene] + choice];

    /// <summary>Adds up the parts of an architecture, in the order of its genes.</summary>
    public double Sum(Genotype genotype)
    {
        ArgumentNullException.ThrowIfNull(genotype);
        double sum = Constant;
        for (int gene = 0; gene < genotype.Choices.Length; gene++)
        {
            sum += Space.IsActive(genotype, gene) ? this[gene, genotype.Choices[gene]] : 0;
        }

        return sum;
    }
}
