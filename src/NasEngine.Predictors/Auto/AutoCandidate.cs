using NasEngine.Core.Predictors;
using NasEngine.Predictors.Scaling;

namespace NasEngine.Predictors.Auto;

/// <summary>A trainer with what it is given: some columns, and targets as they are or as scores.</summary>
/// <param name="Name">What it is called in reasons.</param>
/// <param name="Trainer">The trainer.</param>
/// <param name="View">The columns.</param>
/// <param name="Table">The view of all rows.</param>
/// <param name="OnScores">Whether it is fitted on scores of the targets.</param>
internal sealed record AutoCandidate(string Name, IPredictorTrainer Trainer, ColumnView View, FeatureTable Table, bool OnScores)
{
    /// <summary>Estimates the seconds of one fit on some of the rows.</summary>
    public double Effort(int rows) => Trainer.Effort(rows, View.Columns.Length);

    /// <summary>Fits on some of the rows.</summary>
    /// <param name="rows">Row numbers.</param>
    /// <param name="targets">All rows' targets, as they are or as scores.</param>
    /// <param name="seed">The seed.</param>
    public IPredictor Fit(IReadOnlyList<int> rows, double[] targets, long seed) => Trainer.Fit(Table.Select(rows), [.. rows.Select(row => targets[row])], seed);
}
