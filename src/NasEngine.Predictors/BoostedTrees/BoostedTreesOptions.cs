using System.ComponentModel.DataAnnotations;

namespace NasEngine.Predictors.BoostedTrees;

/// <summary>Settings of boosted trees. The defaults are slow ones: many small steps, each on a part of the rows and columns.</summary>
public sealed record BoostedTreesOptions
{
    /// <summary>Gets the number of trees. From 1 to 10000; 400 unless set.</summary>
    [Range(1, 10_000)]
    public int Trees { get; init; } = 400;

    /// <summary>Gets the greatest number of splits between root and leaf. From 1 to 12; 4 unless set.</summary>
    [Range(1, 12)]
    public int Depth { get; init; } = 4;

    /// <summary>Gets the share of a tree's values that is added. From 0.001 to 1; 0.05 unless set.</summary>
    [Range(0.001, 1.0)]
    public double LearningRate { get; init; } = 0.05;

    /// <summary>Gets the share of rows that each tree sees. From 0.1 to 1; 0.8 unless set.</summary>
    [Range(0.1, 1.0)]
    public double RowShare { get; init; } = 0.8;

    /// <summary>Gets the share of columns that each tree sees. From 0.01 to 1; 0.35 unless set.</summary>
    [Range(0.01, 1.0)]
    public double ColumnShare { get; init; } = 0.35;

    /// <summary>Gets the least number of rows in a leaf. From 1 to 1000; 2 unless set.</summary>
    [Range(1, 1000)]
    public int LeastRowsOfLeaf { get; init; } = 2;
}
