namespace NasEngine.Core.Predictors;

/// <summary>Fits predictors of one kind.</summary>
/// <remarks>Stateless and thread-safe. Equal tables, targets and seeds give equal predictors, bit for bit.</remarks>
public interface IPredictorTrainer
{
    /// <summary>Gets the name, such as <c>gp</c>.</summary>
    string Name { get; }

    /// <summary>Gets what it is good for, in one sentence.</summary>
    string Description { get; }

    /// <summary>Gets what a choice between trainers has to know; nothing unless a trainer says otherwise.</summary>
    TrainerTraits Traits => TrainerTraits.None;

    /// <summary>Estimates how long one fit takes, in seconds of one core, so that a choice between trainers keeps to a budget without a clock.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    double Effort(int rows, int columns) => 1e-7 * rows * columns * Math.Min(rows, columns);

    /// <summary>Says why data of this kind cannot be fitted, in one sentence, or gives <see langword="null"/> if it can.</summary>
    /// <param name="table">The features.</param>
    /// <param name="targets">What to predict, one finite value for each row.</param>
    string? Objection(FeatureTable table, IReadOnlyList<double> targets);

    /// <summary>Fits a predictor.</summary>
    /// <param name="table">The features, one row for each architecture; at least 3 rows.</param>
    /// <param name="targets">What to predict, one finite value for each row.</param>
    /// <param name="seed">The seed of every random choice, such as folds.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, there are too few, or there is an <see cref="Objection"/>.</exception>
    IPredictor Fit(FeatureTable table, IReadOnlyList<double> targets, long seed);
}
