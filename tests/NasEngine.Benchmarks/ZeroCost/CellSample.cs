using System.Globalization;
using NasEngine.Core.Randomness;
using NasEngine.Core.Spaces;

namespace NasEngine.Benchmarks.ZeroCost;

/// <summary>Published cells with a way through, and their accuracies.</summary>
/// <param name="Genotypes">The cells.</param>
/// <param name="Accuracies">Test accuracy on CIFAR-10, in percent.</param>
/// <param name="Convolutions">How many of the six edges are convolutions.</param>
internal sealed record CellSample(Genotype[] Genotypes, double[] Accuracies, int[] Convolutions)
{
    /// <summary>Draws cells by a seed, without those of another sample.</summary>
    public static CellSample Draw(SearchSpace space, string table, int count, long seed, CellSample? without = null)
    {
        string[] lines = File.ReadAllLines(table);
        int accuracy = Array.IndexOf(lines[0].Split(','), "test_acc");
        string[][] rows = [.. lines.Skip(1).Select(line => line.Split(','))];
        new SeedTree(seed).Child("cells").CreateRandom().Shuffle(rows);
        HashSet<Genotype> excluded = [.. without?.Genotypes ?? []];
        (string[] Row, Genotype Genotype)[] drawn = [.. rows.Select(row => (row, space.Parse($"edge={string.Join(',', row[..6])}"))).Where(cell => !excluded.Contains(cell.Item2)).Take(count)];
        return new CellSample(
            [.. drawn.Select(cell => cell.Genotype)],
            [.. drawn.Select(cell => double.Parse(cell.Row[accuracy], CultureInfo.InvariantCulture))],
            [.. drawn.Select(cell => cell.Row[..6].Count(operation => operation.StartsWith("conv", StringComparison.Ordinal)))]);
    }
}
