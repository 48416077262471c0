using System.Text;
using NasEngine.Core.Errors;
using NasEngine.Reports.Content;
using NasEngine.Reports.Definitions;
using NasEngine.Reports.Html;

namespace NasEngine.Reports;

/// <summary>Writes <c>report.html</c> and <c>charts/*.svg</c> into the folder of a run. Thread-safe.</summary>
public sealed class ReportWriter
{
    private readonly ChartRenderer _renderer;

    /// <summary>Initializes the writer.</summary>
    /// <param name="renderer">What draws the charts; one with default options unless given.</param>
    public ReportWriter(ChartRenderer? renderer = null) => _renderer = renderer ?? new ChartRenderer();

    /// <summary>Writes the page and its charts; files of an earlier report are replaced.</summary>
    /// <param name="report">What to show.</param>
    /// <param name="folder">The run's folder; made if missing.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>The files' paths relative to <paramref name="folder"/>, <c>report.html</c> first. The page needs none of the others.</returns>
    /// <exception cref="WorkFailedException">The charts cannot be drawn, or a file cannot be written.</exception>
    public async Task<IReadOnlyList<string>> WriteAsync(RunReport report, string folder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        IReadOnlyDictionary<string, string> drawings = await _renderer.RenderAsync([.. Definitions(report)], cancellationToken).ConfigureAwait(false);
        List<(string Path, string Text)> files = [("report.html", ReportPage.Write(report, drawings))];
        files.AddRange(drawings
            .Where(drawing => !drawing.Key.EndsWith(ReportPage.NarrowSuffix, StringComparison.Ordinal))
            .OrderBy(drawing => drawing.Key, StringComparer.Ordinal)
            .Select(drawing => ($"charts/{drawing.Key}.svg", StandAlone(drawing.Value))));
        if (report.ChosenDrawing is not null)
        {
            files.Add(("charts/network.svg", StandAlone(NetworkDiagram.Draw(report.ChosenDrawing))));
        }

        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "charts"));
            foreach ((string path, string text) in files)
            {
                await File.WriteAllTextAsync(Path.Combine(folder, path), text, new UTF8Encoding(false), CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new WorkFailedException($"The report cannot be written into {folder}: {problem.Message}", problem);
        }

        return [.. files.Select(file => file.Path)];
    }

    /// <summary>Gives every chart that has something to draw, in the room of a desk and, with <c>-narrow</c> after its name, of a telephone.</summary>
    public static IEnumerable<ChartDefinition> Definitions(RunReport report) => ReportChart.For(report)
        .Where(chart => chart.WhyEmpty(report) is null)
        .SelectMany(chart => new[]
        {
            new ChartDefinition(chart.Name, ChartLayout.Wide, chart.CreateOption(report, ChartLayout.Wide)),
            new ChartDefinition(chart.Name + ReportPage.NarrowSuffix, ChartLayout.Narrow, chart.CreateOption(report, ChartLayout.Narrow)),
        });

    // A file of its own follows the reader's preference too, and has its own ground.
    private static string StandAlone(string svg)
    {
        int start = svg.IndexOf('>', svg.IndexOf("<svg", StringComparison.Ordinal)) + 1;
        return $"{svg[..start]}<style>{ChartPalette.DarkRules}</style><rect width=\"100%\" height=\"100%\" fill=\"{ChartPalette.Paper}\"/>{svg[start..]}";
    }
}
