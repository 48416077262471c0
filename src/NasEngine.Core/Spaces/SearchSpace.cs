using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using NasEngine.Core.Errors;
using NasEngine.Core.Objectives;

namespace NasEngine.Core.Spaces;

/// <summary>All architectures that one supernet holds, and what is wanted of them.</summary>
/// <remarks>Immutable and thread-safe. Genotypes that it gives out are canonical: genes that do not matter hold choice 0.</remarks>
public sealed class SearchSpace
{
    private readonly ImmutableArray<Gene> _genes;

    /// <summary>Initializes the space.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="family">The family's name.</param>
    /// <param name="version">The version its author gave it.</param>
    /// <param name="task">What the networks are for.</param>
    /// <param name="layout">The family's fixed sizes and the genes; conditions point at genes without a condition of their own.</param>
    /// <param name="objectives">What a search makes better.</param>
    /// <param name="constraints">Hard limits.</param>
    /// <exception cref="ArgumentException">A gene has no choice, more than 255 or not one label for each, or a condition points at a conditional gene.</exception>
    public SearchSpace(
        string name, string family, int version, SpaceTask task, SpaceLayout layout, IReadOnlyList<Objective> objectives, IReadOnlyList<Constraint> constraints)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _genes = layout.Genes;
        foreach (Gene gene in _genes)
        {
            if (gene.Choices.Length is 0 or > 255 || (!gene.Labels.IsEmpty && gene.Labels.Length != gene.Choices.Length) || (gene.ActiveWhen is GeneCondition condition && _genes[condition.Gene].ActiveWhen is not null))
            {
                throw new ArgumentException($"Gene {gene.Dimension}[{gene.Index}] has {gene.Choices.Length} choices and {gene.Labels.Length} labels, or hangs on a conditional gene.", nameof(layout));
            }
        }

        (Name, Family, Version, Task, Layout, Objectives, Constraints) = (name, family, version, task, layout, objectives, constraints);
        Size = CountArchitectures();
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Describe())))[..16];
    }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets the family's name.</summary>
    public string Family { get; }

    /// <summary>Gets the version that the space's author gave it.</summary>
    public int Version { get; }

    /// <summary>Gets what the networks are for.</summary>
    public SpaceTask Task { get; }

    /// <summary>Gets the family's fixed sizes.</summary>
    public SpaceLayout Layout { get; }

    /// <summary>Gets what a search makes better.</summary>
    public IReadOnlyList<Objective> Objectives { get; }

    /// <summary>Gets the hard limits.</summary>
    public IReadOnlyList<Constraint> Constraints { get; }

    /// <summary>Gets the genes.</summary>
    public ImmutableArray<Gene> Genes => _genes;

    /// <summary>Gets the exact number of different architectures.</summary>
    public BigInteger Size { get; }

    /// <summary>Gets 16 hexadecimal digits that are equal for spaces with the same networks, whatever their objectives.</summary>
    public string Fingerprint { get; }

    /// <summary>Says whether a gene matters in an architecture.</summary>
    public bool IsActive(Genotype genotype, int gene)
    {
        ArgumentNullException.ThrowIfNull(genotype);
        return IsActive(genotype.Choices.AsSpan(), gene);
    }

    /// <summary>Gives the value that a gene has in an architecture.</summary>
    public double Value(Genotype genotype, int gene)
    {
        ArgumentNullException.ThrowIfNull(genotype);
        return _genes[gene].Choices[genotype.Choices[gene]];
    }

    /// <summary>Makes a canonical genotype: genes that do not matter get choice 0.</summary>
    /// <param name="choices">Choice indices, one for each gene.</param>
    /// <exception cref="ArgumentException">The number of genes differs, or an index is beyond its gene's choices.</exception>
    public Genotype Canonical(ReadOnlySpan<byte> choices)
    {
        if (choices.Length != _genes.Length)
        {
            throw new ArgumentException($"Expected {_genes.Length} choices, got {choices.Length}.", nameof(choices));
        }

        byte[] masked = choices.ToArray();
        for (int gene = 0; gene < masked.Length; gene++)
        {
            if (masked[gene] >= _genes[gene].Choices.Length)
            {
                throw new ArgumentException($"Gene {_genes[gene].Dimension}[{_genes[gene].Index}] has {_genes[gene].Choices.Length} choices, not one numbered {masked[gene]}.", nameof(choices));
            }

            if (!IsActive(choices, gene))
            {
                masked[gene] = 0;
            }
        }

        return new Genotype(ImmutableArray.Create(masked));
    }

    /// <summary>Draws every gene uniformly.</summary>
    public Genotype Sample(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        byte[] choices = new byte[_genes.Length];
        for (int gene = 0; gene < choices.Length; gene++)
        {
            choices[gene] = (byte)random.Next(_genes[gene].Choices.Length);
        }

        return Canonical(choices);
    }

    /// <summary>Gets the architecture with the first choice of every gene.</summary>
    public Genotype Smallest => Canonical(new byte[_genes.Length]);

    /// <summary>Gets the architecture with the last choice of every gene.</summary>
    public Genotype Largest => Canonical([.. _genes.Select(gene => (byte)(gene.Choices.Length - 1))]);

    /// <summary>Writes an architecture, such as <c>resolution=28 depth=1,2 kernel=3,-,5,7</c>; a dash stands where a gene does not matter.</summary>
    public string Format(Genotype genotype)
    {
        ArgumentNullException.ThrowIfNull(genotype);
        StringBuilder text = new();
        for (int gene = 0; gene < _genes.Length; gene++)
        {
            bool first = gene == 0 || _genes[gene].Dimension != _genes[gene - 1].Dimension;
            text.Append(first ? $"{(gene == 0 ? string.Empty : " ")}{_genes[gene].Dimension}=" : ",");
            text.Append(IsActive(genotype, gene) ? Escaped(_genes[gene].TextOf(genotype.Choices[gene])) : "-");
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="Format"/> writes.</summary>
    /// <exception cref="UsageException">The text is not an architecture of this space.</exception>
    public Genotype Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        byte[] choices = new byte[_genes.Length];
        string[] parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] dimensions = [.. _genes.Select(gene => gene.Dimension).Distinct()];
        if (parts.Length != dimensions.Length)
        {
            throw NotOfThisSpace(text, $"{dimensions.Length} dimensions are expected ({string.Join(", ", dimensions)})");
        }

        int gene = 0;
        for (int part = 0; part < parts.Length; part++)
        {
            string[] values = parts[part].Split('=') is [string name, string list] && name == dimensions[part]
                ? list.Split(',')
                : throw NotOfThisSpace(text, $"'{dimensions[part]}=' is expected where '{parts[part]}' stands");
            int count = _genes.Count(candidate => candidate.Dimension == dimensions[part]);
            if (values.Length != count)
            {
                throw NotOfThisSpace(text, $"{dimensions[part]} takes {count} values");
            }

            foreach (string value in values)
            {
                choices[gene] = ChoiceOf(_genes[gene], value, text);
                gene++;
            }
        }

        Genotype genotype = Canonical(choices);
        return Format(genotype) == string.Join(' ', parts) ? genotype : throw NotOfThisSpace(text, $"dashes must stand where genes do not matter: {Format(genotype)}");
    }

    private static byte ChoiceOf(Gene gene, string value, string text)
    {
        if (value == "-")
        {
            return 0;
        }

        int index = gene.ChoiceOf(gene.Labels.IsEmpty ? value : Uri.UnescapeDataString(value));
        return index >= 0
            ? (byte)index
            : throw NotOfThisSpace(text, $"{gene.Dimension} is one of {string.Join(", ", Enumerable.Range(0, gene.Choices.Length).Select(gene.TextOf))}");
    }

    // Labels may hold what separates genes in the text, and one may be called "-".
    private static string Escaped(string label) => label == "-" ? "%2D"
        : label.AsSpan().ContainsAny(" ,=%\t") ? Uri.EscapeDataString(label) : label;

    private static UsageException NotOfThisSpace(string text, string why) =>
        new($"'{(text.Length > 200 ? text[..197] + "..." : text)}' is no architecture of this space: {why}.");

    private bool IsActive(ReadOnlySpan<byte> choices, int gene) =>
        _genes[gene].ActiveWhen is not GeneCondition condition || _genes[condition.Gene].Choices[choices[condition.Gene]] >= condition.Minimum;

    // A conditional gene hangs on exactly one unconditional gene, so the count is a product over unconditional genes
    // of the sum over their values of what hangs on them.
    private BigInteger CountArchitectures()
    {
        BigInteger size = BigInteger.One;
        for (int index = 0; index < _genes.Length; index++)
        {
            if (_genes[index].ActiveWhen is null)
            {
                Gene[] dependents = [.. _genes.Where(gene => gene.ActiveWhen?.Gene == index)];
                size *= _genes[index].Choices.Aggregate(BigInteger.Zero, (sum, value) => sum + dependents
                    .Where(gene => value >= gene.ActiveWhen!.Minimum)
                    .Aggregate(BigInteger.One, (product, gene) => product * gene.Choices.Length));
            }
        }

        return size;
    }

    private string Describe() => string.Join('\n', _genes
        .Select(gene => string.Create(CultureInfo.InvariantCulture, $"{gene.Dimension}[{gene.Index}] {string.Join(',', gene.Choices)} {gene.ActiveWhen}{(gene.Labels.IsEmpty ? "" : " " + string.Join(',', gene.Labels.Select(Escaped)))}"))
        .Prepend($"{Family} {Task} {Layout with { Genes = [] }}"));
}
