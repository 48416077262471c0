using System.Collections.Immutable;
using System.Globalization;

namespace NasEngine.Core.Spaces;

/// <summary>One decision of a space.</summary>
/// <param name="Dimension">The elastic dimension it belongs to, such as <c>kernel</c>.</param>
/// <param name="Index">Its place within the dimension, from 0.</param>
/// <param name="Choices">The values to choose from, ascending; at most 255. Of labelled choices, their places 0, 1, 2 …</param>
/// <param name="ActiveWhen">The condition under which the decision matters, or <see langword="null"/> if it always does.</param>
public sealed record Gene(string Dimension, int Index, ImmutableArray<double> Choices, GeneCondition? ActiveWhen = null)
{
    /// <summary>Gets what each choice is called, if choices are no numbers; otherwise empty.</summary>
    public ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>Gets whether the order of the choices means nothing, as with kinds of operations; no unless set.</summary>
    public bool IsCategorical { get; init; }

    /// <summary>Gets the gene's name, such as <c>kernel[3]</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Dimension}[{Index}]");

    /// <summary>Gives a choice as people write it: its label, or its number.</summary>
    public string TextOf(int choice) => Labels.IsEmpty ? Choices[choice].ToString(CultureInfo.InvariantCulture) : Labels[choice];

    /// <summary>Finds a choice by what <see cref="TextOf"/> gives; numbers may be written in any form.</summary>
    /// <returns>The choice's place, or -1 if there is none.</returns>
    public int ChoiceOf(string text) => !Labels.IsEmpty
        ? Labels.IndexOf(text)
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? Choices.IndexOf(number) : -1;
}

/// <summary>A gene matters only while another gene's value is large enough, as a block does while its stage is deep enough.</summary>
/// <param name="Gene">The place of the other gene among the space's genes; that gene must always be active.</param>
/// <param name="Minimum">The least value of the other gene.</param>
public sealed record GeneCondition(int Gene, double Minimum);
