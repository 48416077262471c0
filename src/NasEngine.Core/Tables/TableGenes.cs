using System.Collections.Immutable;
using System.Globalization;
using NasEngine.Core.Errors;
using NasEngine.Core.Spaces;

namespace NasEngine.Core.Tables;

/// <summary>The genes of a table's rows: their space, and each row's genotype.</summary>
public sealed class TableGenes
{
    /// <summary>The most different values that a column of a discrete gene may hold.</summary>
    public const int MostChoices = 255;

    private TableGenes(SearchSpace? space, Genotype[] rows, IReadOnlyList<string> continuous) => (Space, Rows, Continuous) = (space, rows, continuous);

    /// <summary>Gets the space of the discrete genes, or <see langword="null"/> if there is none.</summary>
    public SearchSpace? Space { get; }

    /// <summary>Gets the genotype of every row; empty if there is no space.</summary>
    public IReadOnlyList<Genotype> Rows { get; }

    /// <summary>Gets the numeric columns that hold too many different values to be discrete.</summary>
    public IReadOnlyList<string> Continuous { get; }

    /// <summary>Reads genes as a space of family <c>table</c> describes them.</summary>
    /// <exception cref="UsageException">The space is of another family, or the table lacks one of its columns.</exception>
    /// <exception cref="InputFormatException">A cell holds a value that the space does not have.</exception>
    public static TableGenes Of(CsvTable table, SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(space);
        return space.Layout is TableLayout layout
            ? new TableGenes(space, ReadRows(table, space, layout.Columns), [])
            : throw new UsageException($"Space '{space.Name}' is of family {space.Family}; columns are described by spaces of family table.");
    }

    /// <summary>Reads genes from columns alone.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">The gene columns, at least one. Numbers are ordered, texts are kinds without an order.</param>
    /// <param name="categorical">Those of the columns whose numbers are kinds without an order.</param>
    /// <exception cref="UsageException">A column is missing or named twice, or a column of texts holds more than <see cref="MostChoices"/> different ones.</exception>
    public static TableGenes Of(CsvTable table, IReadOnlyList<string> columns, IReadOnlyList<string> categorical)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0 || columns.Distinct(StringComparer.Ordinal).Count() != columns.Count)
        {
            throw new UsageException("Genes are columns of the table, at least one and each named once.");
        }

        if (categorical.FirstOrDefault(name => !columns.Contains(name)) is string stranger)
        {
            throw new UsageException($"'{stranger}' is named as categorical, but is no gene. Genes: {string.Join(", ", columns)}.");
        }

        string[] stems = [.. columns.Select(Stem)];
        List<(string Column, Gene Gene)> genes = [];
        List<string> continuous = [];
        foreach ((string column, string stem) in columns.Zip(stems))
        {
            bool isNumeric = table.IsNumeric(column) && !categorical.Contains(column);
            string[] texts = [.. table.Texts(column).Distinct(StringComparer.Ordinal)];
            string dimension = stems.Count(other => other == stem) > 1 ? stem : column;
            if (isNumeric)
            {
                ImmutableArray<double> choices = [.. table.Numbers(column).Distinct().Order()];
                if (choices.Length > MostChoices)
                {
                    continuous.Add(column);
                    continue;
                }

                genes.Add((column, new Gene(dimension, 0, choices)));
            }
            else if (texts.Length > MostChoices || texts.Contains(string.Empty))
            {
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{table.File}: column '{column}' holds {texts.Length} different texts, blank ones included; a gene has 1 to {MostChoices} choices, none of them blank."));
            }
            else
            {
                genes.Add((column, new Gene(dimension, 0, [.. Enumerable.Range(0, texts.Length).Select(static place => (double)place)]) { Labels = [.. texts.Order(StringComparer.Ordinal)], IsCategorical = true }));
            }
        }

        if (genes.Count == 0)
        {
            return new TableGenes(null, [], continuous);
        }

        // Genes of one dimension stand together, in the order of the columns.
        string[] dimensions = [.. genes.Select(pair => pair.Gene.Dimension).Distinct(StringComparer.Ordinal)];
        (string Column, Gene Gene)[] ordered = [.. dimensions.SelectMany(dimension => genes.Where(pair => pair.Gene.Dimension == dimension).Select((pair, index) => (pair.Column, pair.Gene with { Index = index })))];
        TableLayout layout = new([.. ordered.Select(pair => pair.Gene)], [.. ordered.Select(pair => pair.Column)]);
        SearchSpace space = new(System.IO.Path.GetFileNameWithoutExtension(table.File), "table", 1, SpaceTask.None, layout, [], []);
        return new TableGenes(space, ReadRows(table, space, layout.Columns), continuous);
    }

    // kernel7 → kernel: columns that differ in a number at their end are one dimension.
    private static string Stem(string column)
    {
        string stem = column.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd('_', '.');
        return stem.Length == 0 || stem.AsSpan().ContainsAny(" =,\t") ? column : stem;
    }

    private static Genotype[] ReadRows(CsvTable table, SearchSpace space, ImmutableArray<string> columns)
    {
        byte[][] choices = [.. Enumerable.Range(0, table.Rows).Select(_ => new byte[columns.Length])];
        for (int gene = 0; gene < columns.Length; gene++)
        {
            string[] texts = table.Texts(columns[gene]);
            Dictionary<string, int> known = new(StringComparer.Ordinal);
            for (int row = 0; row < texts.Length; row++)
            {
                if (!known.TryGetValue(texts[row], out int choice))
                {
                    choice = space.Genes[gene].ChoiceOf(texts[row]);
                    known[texts[row]] = choice;
                }

                choices[row][gene] = choice >= 0 ? (byte)choice : throw new InputFormatException(table.File, string.Create(
                    CultureInfo.InvariantCulture,
                    $"line {table.LineOf(row)}: column '{columns[gene]}' holds '{texts[row]}'; allowed: {string.Join(", ", Enumerable.Range(0, space.Genes[gene].Choices.Length).Select(space.Genes[gene].TextOf))}."));
            }
        }

        return [.. choices.Select(row => space.Canonical(row))];
    }
}
