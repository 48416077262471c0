namespace NasEngine.Predictors.LearningCurves;

/// <summary>Says which trainings need not go on: those whose end, as good as it may reasonably become, enough others will beat.</summary>
public static class CurveStopping
{
    /// <summary>How many standard deviations an end may turn out better than expected, or that of its rivals worse, unless told otherwise.</summary>
    public const double DefaultDeviations = 1;

    /// <summary>Marks the dominated among trainings that compete.</summary>
    /// <param name="ends">The predicted end of each training; of a finished one its last value, without uncertainty.</param>
    /// <param name="keep">How many of the best are wanted in the end; at least 1.</param>
    /// <param name="minimize">Whether less is better, as with a loss.</param>
    /// <param name="deviations">How many standard deviations are left for surprises on both sides; not negative.</param>
    /// <returns><c>[n]</c>: whether at least <paramref name="keep"/> others end better even if they disappoint and this one surprises.</returns>
    public static bool[] Dominated(IReadOnlyList<CurvePrediction> ends, int keep, bool minimize, double deviations = DefaultDeviations)
    {
        ArgumentNullException.ThrowIfNull(ends);
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(deviations);
        double sign = minimize ? 1 : -1;
        double[] pessimistic = [.. ends.Select(end => (sign * end.Mean) + (deviations * end.StandardDeviation)).Order()];
        double bar = ends.Count > keep ? pessimistic[keep - 1] : double.PositiveInfinity;
        return [.. ends.Select(end => (sign * end.Mean) - (deviations * end.StandardDeviation) > bar)];
    }
}
