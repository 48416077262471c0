using NasEngine.Core.Errors;
using NasEngine.Core.Tables;
using NasEngine.Networks.Families;

namespace NasEngine.Jobs.Tables;

/// <summary>A table and what its columns mean, as a user names them.</summary>
/// <param name="File">The CSV file.</param>
/// <param name="Genes">The gene columns; empty if a space file says which they are.</param>
/// <param name="Categorical">Gene columns whose numbers are kinds without an order.</param>
/// <param name="SpaceFile">A space file of family <c>table</c>, or <see langword="null"/>.</param>
public sealed record TableSource(string File, IReadOnlyList<string> Genes, IReadOnlyList<string> Categorical, string? SpaceFile)
{
    /// <summary>Reads the table and its genes.</summary>
    /// <exception cref="UsageException">Neither genes nor a space file are given, or both; a file or column is missing.</exception>
    /// <exception cref="InputFormatException">The table or the space file has faults.</exception>
    internal (CsvTable Table, TableGenes Genes) Read()
    {
        if (Genes.Count == 0 == SpaceFile is null)
        {
            throw new UsageException("Which columns are genes is said by --genes or by --space, one of them.");
        }

        if (SpaceFile is not null && Categorical.Count > 0)
        {
            throw new UsageException("--categorical belongs to --genes; a space file says itself which genes have no order.");
        }

        CsvTable table = CsvTable.ReadFile(File);
        return (table, SpaceFile is null ? TableGenes.Of(table, Genes, Categorical) : TableGenes.Of(table, NetworkFamilies.CreateSpaceReader().ReadFile(SpaceFile)));
    }
}
