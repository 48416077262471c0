namespace NasEngine.Jobs.Background;

/// <summary>The names of the kinds of jobs.</summary>
public static class JobKinds
{
    /// <summary>Plans what a run needs next.</summary>
    public const string Run = "run";

    /// <summary>Trains a stretch.</summary>
    public const string Train = "train";

    /// <summary>Evaluates a batch of subnets.</summary>
    public const string Evaluate = "evaluate";

    /// <summary>Measures a batch of networks on a device.</summary>
    public const string Measure = "measure";

    /// <summary>Fits predictors.</summary>
    public const string Fit = "fit";

    /// <summary>Searches a stretch.</summary>
    public const string Search = "search";

    /// <summary>Puts together what was evaluated and measured of the candidates.</summary>
    public const string Verify = "verify";

    /// <summary>Exports a network.</summary>
    public const string Export = "export";

    /// <summary>Writes a run's files and its report.</summary>
    public const string Report = "report";

    /// <summary>Measures networks of a device again, and says how far it drifted.</summary>
    public const string Drift = "device.drift";

    /// <summary>Starts the experiment of a run again.</summary>
    public const string Start = "run.start";

    /// <summary>Removes old jobs, files that nothing refers to, leases that ran out.</summary>
    public const string Upkeep = "upkeep";

    /// <summary>Gets the kinds that recurring jobs may have: <c>run</c> starts an experiment again each time, the others are kinds of jobs.</summary>
    public static IReadOnlyList<string> Recurring { get; } = [Drift, Run, Upkeep];
}
