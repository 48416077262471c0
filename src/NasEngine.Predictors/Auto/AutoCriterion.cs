namespace NasEngine.Predictors.Auto;

/// <summary>By what the best of several predictors is chosen.</summary>
public enum AutoCriterion
{
    /// <summary>The greatest Kendall tau: for values that are compared, such as accuracy.</summary>
    KendallTau,

    /// <summary>The least mean absolute percentage error: for values that are held against a limit, such as latency.</summary>
    MeanAbsolutePercentageError,

    /// <summary>Both: the least product of what Kendall tau lacks to 1 and the mean absolute percentage error, the worst tenth of errors left out.</summary>
    Balanced,
}
