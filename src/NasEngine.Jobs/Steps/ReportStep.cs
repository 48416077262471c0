using System.Security.Cryptography;
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
        string weights = Path.Combine(context.Folder, "supernet.safetensors");
        File.Copy(context.CheckpointPath, weights + ".tmp", overwrite: true);
        File.Move(weights + ".tmp", weights, overwrite: true);
        Reports.Content.RunReport report = await RunReportBuilder.BuildAsync(context, front, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> files = await new ReportWriter(new ChartRenderer(new ChartRendererOptions())).WriteAsync(report, context.Folder, cancellationToken).ConfigureAwait(false);
        foreach (string file in (string[])[.. files, "front.csv", "evaluations.jsonl", "run.json", "supernet.safetensors"])
        {
            await KeepAsync(context, file).ConfigureAwait(false);
        }

        return new { files };
    }

    private static async Task KeepAsync(RunContext context, string file)
    {
        FileStream stream = File.OpenRead(Path.Combine(context.Folder, file));
        await using (stream.ConfigureAwait(false))
        {
            string digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream).ConfigureAwait(false));
            string kind = Path.GetExtension(file) switch { ".html" => "report", ".svg" => "chart", ".safetensors" => "checkpoint", _ => "table" };
            await context.Store.PutArtefactAsync(context.Run.Id, new Artefact(file, kind, file, digest, stream.Length, "{}"), CancellationToken.None).ConfigureAwait(false);
        }
    }
}
