using NasEngine.Core.Machine;
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
        IReadOnlyList<FrontMember> front = await FrontReader.ReadAsync(context, cancellationToken).ConfigureAwait(false);
        await RunFiles.WriteAsync(context, front, cancellationToken).ConfigureAwait(false);
        await CopyAsync(context.CheckpointPath, Path.Combine(context.Folder, "supernet.safetensors"), cancellationToken).ConfigureAwait(false);
        Reports.Content.RunReport report = await RunReportBuilder.BuildAsync(context, front, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> files = await new ReportWriter(new ChartRenderer(new ChartRendererOptions())).WriteAsync(report, context.Folder, cancellationToken).ConfigureAwait(false);
        foreach (string file in (string[])[.. files, "front.csv", "evaluations.jsonl", "run.json", "supernet.safetensors"])
        {
            await KeepAsync(context, file).ConfigureAwait(false);
        }

        return new { files };
    }

    private static async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        FileStream source = File.OpenRead(from);
        await using (source.ConfigureAwait(false))
        {
            await WholeFile.WriteAsync(to, target => source.CopyToAsync(target, cancellationToken)).ConfigureAwait(false);
        }
    }

    private static async Task KeepAsync(RunContext context, string file)
    {
        FileInfo kept = new(Path.Combine(context.Folder, file));
        string digest = await FileDigest.OfAsync(kept.FullName, CancellationToken.None).ConfigureAwait(false);
        string kind = kept.Extension switch { ".html" => "report", ".svg" => "chart", ".safetensors" => "checkpoint", _ => "table" };
        await context.Store.PutArtefactAsync(context.Run.Id, new Artefact(file, kind, file, digest, kept.Length, "{}"), CancellationToken.None).ConfigureAwait(false);
    }
}
