using NasEngine.Core.Errors;
using NasEngine.Core.Randomness;

namespace NasEngine.Jobs.Tables;

/// <summary>How rows are divided into those that are fitted on and those that a predictor is judged on.</summary>
public enum TableSplit
{
    /// <summary>Rows to fit on are drawn from all; the rest is judged on.</summary>
    Random,

    /// <summary>Rows to fit on are drawn from the first 80 % of the file; the last 10 % are judged on.</summary>
    File,
}

/// <summary>Divides rows.</summary>
internal static class TableSplits
{
    /// <summary>Gives the rows to fit on and the rows to judge on.</summary>
    /// <param name="split">The way.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="train">How many to fit on.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <exception cref="UsageException">There are too few rows.</exception>
    public static (int[] Train, int[] Test) Draw(TableSplit split, int rows, int train, long seed)
    {
        int pool = split == TableSplit.File ? rows * 8 / 10 : rows - 1;
        if (train < 3 || train > pool)
        {
            throw new UsageException(FormattableString.Invariant($"Between 3 and {pool} rows can be fitted on ({rows} rows with values, split {(split == TableSplit.File ? "file" : "random")}), not {train}."));
        }

        int[] order = [.. Enumerable.Range(0, split == TableSplit.File ? pool : rows)];
        new SeedTree(seed).Child("split").CreateRandom().Shuffle(order);
        int[] chosen = [.. order.Take(train).Order()];
        int[] test = split == TableSplit.File ? [.. Enumerable.Range(rows * 9 / 10, rows - (rows * 9 / 10))] : [.. order.Skip(train).Order()];
        return (chosen, test);
    }
}
