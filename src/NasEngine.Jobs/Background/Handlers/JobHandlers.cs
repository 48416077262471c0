namespace NasEngine.Jobs.Background.Handlers;

/// <summary>All kinds of jobs. A new kind is a class and a line here.</summary>
internal static class JobHandlers
{
    /// <summary>Gets a handler of each kind.</summary>
    public static IReadOnlyList<IJobHandler> All { get; } =
    [
        new RunHandler(),
        new TrainHandler(),
        new EvaluateHandler(),
        new MeasureHandler(),
        new FitHandler(),
        new SearchHandler(),
        new VerifyHandler(),
        new ExportHandler(),
        new ReportHandler(),
        new DriftHandler(),
        new StartHandler(),
        new UpkeepHandler(),
    ];
}
