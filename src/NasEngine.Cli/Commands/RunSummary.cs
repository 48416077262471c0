using System.Globalization;
using System.Text.Json;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Exporting;
using NasEngine.Jobs.Runs;

namespace NasEngine.Cli.Commands;

/// <summary>Says what a finished run found.</summary>
internal static class RunSummary
{
    public static async Task WriteAsync(RunServices services, Experiment experiment, RunRecord run, bool json, TextWriter output, CancellationToken cancellationToken)
    {
        IReadOnlyList<FrontMember> front = await FrontReader.ReadAsync(services.Store, run.Id, experiment.Objectives, experiment.Constraints, cancellationToken).ConfigureAwait(false);
        if (json)
        {
            await output.WriteLineAsync(FrontCommand.Json(front)).ConfigureAwait(false);
            return;
        }

        FrontCommand.WriteTable(output, front);
        string folder = services.Workplace.RunFolder(run.Id);
        await output.WriteLineAsync().ConfigureAwait(false);
        double[] errors = [.. front.SelectMany(member => member.Latencies.Values).Select(latency => latency.RelativeError).Order()];
        if (errors.Length > 0)
        {
            FrontLatency first = front[0].Latencies.Values.First(), last = front[^1].Latencies.Values.First();
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{front.Count} networks, fastest to slowest {last.Measured / first.Measured:0.0}×; predicted against measured latency: median error {Median(errors):0.0 %}")).ConfigureAwait(false);
        }

        if ((await services.Store.GetStepsAsync(run.Id, cancellationToken).ConfigureAwait(false)).FirstOrDefault(step => step.Step == "export") is StepRecord export)
        {
            ExportedModel model = JsonSerializer.Deserialize<ExportedModel>(export.Result, JsonSerializerOptions.Web)!;
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"exported: {model.Path} ({model.Bytes / 1024.0:0} KiB), on {model.Images} images at most {model.LargestDifference:0.0e+0} from the supernet")).ConfigureAwait(false);
        }

        await output.WriteLineAsync($"report:   {Path.Combine(folder, "report.html")}").ConfigureAwait(false);
        await output.WriteLineAsync($"next:     nas export {run.Id} --pick fastest --out fastest.onnx").ConfigureAwait(false);
    }

    private static double Median(double[] sorted) => sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
}
