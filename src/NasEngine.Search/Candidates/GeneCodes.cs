using NasEngine.Core.Spaces;

namespace NasEngine.Search.Candidates;

/// <summary>A space's genes and conditions as flat numbers, so that a candidate is made canonical and summed up without branches.</summary>
internal sealed class GeneCodes
{
    private readonly Code[] _codes;
    private readonly byte[] _masks;

    /// <summary>Reads the genes of a space.</summary>
    public GeneCodes(SearchSpace space)
    {
        List<byte> masks = [];
        int table = 0;
        _codes = new Code[space.Genes.Length];
        for (int gene = 0; gene < _codes.Length; gene++)
        {
            Gene own = space.Genes[gene];
            int gate = own.ActiveWhen?.Gene ?? gene;
            _codes[gene] = new Code(own.Choices.Length, gate, masks.Count, table);
            masks.AddRange(space.Genes[gate].Choices.Select(value => own.ActiveWhen is null || value >= own.ActiveWhen.Minimum ? byte.MaxValue : (byte)0));
            table += own.Choices.Length + 1;
        }

        _masks = [.. masks];
    }

    /// <summary>Gets what is known of each gene.</summary>
    public ReadOnlySpan<Code> Codes => _codes;

    /// <summary>Gives all bits if a gene matters under the choices made, and 0 if not.</summary>
    public byte Mask(in Code code, ReadOnlySpan<byte> choices) => _masks[code.Masks + choices[code.Gate]];

    /// <summary>Makes choices canonical in place and adds up the parts of two tables.</summary>
    public (double First, double Second) Canonicalise(Span<byte> choices, ReadOnlySpan<double> firstParts, ReadOnlySpan<double> secondParts, double first, double second)
    {
        ReadOnlySpan<Code> codes = _codes;
        for (int gene = 0; gene < codes.Length; gene++)
        {
            // Conditions hang on genes that always matter, which stay as they are.
            byte mask = Mask(codes[gene], choices);
            int part = codes[gene].Parts + ((choices[gene] + 1) & mask);
            choices[gene] &= mask;
            first += firstParts[part];
            second += secondParts[part];
        }

        return (first, second);
    }

    /// <summary>One gene: how many choices, which gene's choice says whether it matters, where those answers and its parts begin.</summary>
    internal readonly record struct Code(int Choices, int Gate, int Masks, int Parts);
}
