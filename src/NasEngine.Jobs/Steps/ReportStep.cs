using NasEngine.Core.Runs;
using NasEngine.Jobs.Reporting;
using NasEngine.Jobs.Runs;
using NasEngine.Reports;

namespace NasEngine.Jobs.Steps;

/// <summary>Writes the run's files and its report.</summary>
internal sealed class ReportStep : IRunStep
{
    public string Name => "report";

    public IReadOnlyList<string> Needs => ["export"];

    public async Task<object> RunAsync(RunContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<FrontMember> front = await FrontReader.ReadAsync(
            context.Store, context.Run.Id, context.Experiment.Objectives, context.Experiment.Constraints, cancellationToken).ConfigureAwait(false);
        await RunFiles.WriteAsync(context, front, cancellationToken).ConfigureAwait(false);
        string weights = Path.Combine(context.Folder, "supernet.safetensors");
        File.Copy(context.CheckpointPath, weights + ".tmp", overwrite: true);
        File.Move(weights + ".tmp", weights, overwrite: true);
        Reports.Content.RunReport report = await RunReportBuilder.BuildAsync(context, front, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> files = await new ReportWriter(new ChartRenderer(new ChartRendererOptions())).WriteAsync(report, context.Folder, cancellationToken).ConfigureAwait(false);
        return new { files };
    }
}
