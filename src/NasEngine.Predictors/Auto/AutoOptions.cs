using System.ComponentModel.DataAnnotations;

namespace NasEngine.Predictors.Auto;

/// <summary>How <c>auto</c> chooses.</summary>
public sealed record AutoOptions
{
    /// <summary>Gets by what one candidate is better than another; tau and error together unless set.</summary>
    public AutoCriterion Criterion { get; init; } = AutoCriterion.Balanced;

    /// <summary>
    /// Gets about how long choosing may take, in seconds of one core, by the trainers' own estimates: the same on a slow machine, so that
    /// equal tables give equal choices anywhere. From 0.01 to 1e6; 40 unless set.
    /// </summary>
    [Range(0.01, 1e6)]
    public double Budget { get; init; } = 40;

    /// <summary>Gets whether the result is an ensemble even where one predictor alone does as well.</summary>
    public bool AlwaysStacks { get; init; }
}
