using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NasEngine.Core.Errors;
using NasEngine.Reports.Definitions;

namespace NasEngine.Reports;

/// <summary>Draws chart definitions as SVG with ECharts in a Node process. Thread-safe; one process a call.</summary>
public sealed class ChartRenderer
{
    private readonly ChartRendererOptions _options;

    /// <summary>Initializes the renderer.</summary>
    public ChartRenderer(ChartRendererOptions? options = null) => _options = options ?? new ChartRendererOptions();

    /// <summary>Draws charts. The same definitions give the same bytes.</summary>
    /// <returns>The SVG documents by the charts' names.</returns>
    /// <exception cref="WorkFailedException">Node or echarts is missing, or drawing failed or took longer than allowed.</exception>
    public async Task<IReadOnlyDictionary<string, string>> RenderAsync(IReadOnlyList<ChartDefinition> charts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(charts);
        if (charts.Count == 0)
        {
            return new Dictionary<string, string>();
        }

        using Process process = Start();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.Timeout);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
            await WriteInputAsync(process, Serialize(charts), limit.Token).ConfigureAwait(false);
            string drawings = await output.ConfigureAwait(false);
            string problem = await errors.ConfigureAwait(false);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return process.ExitCode == 0 ? Parse(drawings, charts) : throw new WorkFailedException(
                $"The charts could not be drawn: {Shorten(problem, process.ExitCode)} Install what they need with: npm ci --ignore-scripts, in src/NasEngine.DeviceAgent, or name a folder that holds echarts in NAS_AGENT_MODULES.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WorkFailedException(FormattableString.Invariant($"Drawing {charts.Count} charts took longer than {_options.Timeout.TotalSeconds:0.#} s; node was stopped."));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private Process Start()
    {
        if (!File.Exists(_options.Script))
        {
            throw new WorkFailedException($"The charts cannot be drawn: there is no file {_options.Script}.");
        }

        ProcessStartInfo start = new(_options.Node, [_options.Script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        if (_options.ModulesFolder is string folder)
        {
            start.Environment["NAS_AGENT_MODULES"] = folder;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception problem)
        {
            throw new WorkFailedException($"The charts cannot be drawn: '{_options.Node}' does not start ({problem.Message}). Install Node 18 or later.", problem);
        }
    }

    // A process that ended early closes its end; what it wrote on standard error says why.
    private static async Task WriteInputAsync(Process process, string input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Serialize(IReadOnlyList<ChartDefinition> charts) => new JsonArray([.. charts.Select(chart => (JsonNode)new JsonObject
    {
        ["name"] = chart.Name,
        ["width"] = chart.Layout.Width,
        ["height"] = chart.Layout.Height,
        ["option"] = chart.Option.DeepClone(),
    })]).ToJsonString();

    private static Dictionary<string, string> Parse(string drawings, IReadOnlyList<ChartDefinition> charts)
    {
        try
        {
            Dictionary<string, string> byName = JsonSerializer.Deserialize<Dictionary<string, string>>(drawings) ?? [];
            return charts.ToDictionary(chart => chart.Name, chart => byName[chart.Name]);
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException)
        {
            throw new WorkFailedException("The charts could not be drawn: node's answer is incomplete.", problem);
        }
    }

    private static string Shorten(string problem, int exitCode)
    {
        string[] lines = problem.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string line = lines.FirstOrDefault(text => text.Contains("Error", StringComparison.Ordinal) || text.Contains("can't", StringComparison.Ordinal)) ?? lines.FirstOrDefault()
            ?? FormattableString.Invariant($"node ended with exit code {exitCode}");
        return line.TrimEnd('.') + ".";
    }
}
