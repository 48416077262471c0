using System.Xml.Linq;
using NasEngine.Core.Errors;
using NasEngine.Reports;
using NasEngine.Reports.Content;
using NasEngine.Testing.Reports;

namespace NasEngine.IntegrationTests.Reports;

internal sealed class ReportWriterTests
{
    private readonly List<string> _folders = [];

    [TearDown]
    public void RemoveFolders()
    {
        _folders.ForEach(folder => Directory.Delete(folder, recursive: true));
        _folders.Clear();
    }

    [Test]
    public async Task WriteAsync_FullReport_WritesPageAndWellFormedCharts()
    {
        string folder = NewFolder();
        IReadOnlyList<string> files = await new ReportWriter(Renderer()).WriteAsync(SampleReport.Create(), folder, CancellationToken.None);

        Assert.That(files, Is.EquivalentTo(new[]
        {
            "report.html", "charts/pareto-front.svg", "charts/hypervolume.svg", "charts/predictor-latency-local.svg",
            "charts/predictor-accuracy.svg", "charts/training.svg", "charts/network.svg",
        }));
        foreach (string chart in files.Where(file => file.EndsWith(".svg", StringComparison.Ordinal)))
        {
            XElement svg = XDocument.Load(Path.Combine(folder, chart)).Root!;
            Assert.That(svg.Descendants().Count(element => element.Name.LocalName is "path" or "rect"), Is.GreaterThan(5), chart);
            Assert.That(svg.ToString(), Does.Not.Contain("NaN"), chart);
        }

        string page = await File.ReadAllTextAsync(Path.Combine(folder, "report.html"));
        Assert.That(page, Does.Not.Contain("src=").And.Not.Contain("href=\"http").And.Not.Contain("url(http").And.Not.Contain("<script").And.Not.Contain("@import"));
        Assert.That(page, Does.Contain("limit 0.35 ms").And.Contain("Validation accuracy (%)"));
    }

    [Test]
    public async Task WriteAsync_SameReportTwice_GivesSameBytes()
    {
        (string first, string second) = (NewFolder(), NewFolder());
        IReadOnlyList<string> files = await new ReportWriter(Renderer()).WriteAsync(SampleReport.Create(), first, CancellationToken.None);
        await new ReportWriter(Renderer()).WriteAsync(SampleReport.Create(), second, CancellationToken.None);
        foreach (string file in files)
        {
            Assert.That(await File.ReadAllBytesAsync(Path.Combine(second, file)), Is.EqualTo(await File.ReadAllBytesAsync(Path.Combine(first, file))), file);
        }
    }

    [Test]
    public async Task WriteAsync_OnePointWithoutLatency_DrawsIt()
    {
        RunReport report = SampleReport.CreateEmpty() with { Front = [new FrontNetwork("width=4") { ValidationAccuracy = 0.9, Macs = 2e6 }] };
        string folder = NewFolder();
        IReadOnlyList<string> files = await new ReportWriter(Renderer()).WriteAsync(report, folder, CancellationToken.None);
        Assert.That(files, Does.Contain("charts/pareto-front.svg"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(folder, "charts/pareto-front.svg")), Does.Contain("Multiply-accumulates").And.Not.Contain("NaN"));
    }

    [Test]
    public void RenderAsync_ModulesMissing_SaysHowToInstall()
    {
        ChartRenderer renderer = new(new ChartRendererOptions { ModulesFolder = NewFolder() });
        Assert.That(
            () => renderer.RenderAsync([.. ReportWriter.Definitions(SampleReport.Create())], CancellationToken.None),
            Throws.TypeOf<WorkFailedException>().With.Message.Contains("echarts can't be loaded").And.Message.Contains("npm ci --ignore-scripts"));
    }

    // The modules lie where the environment says, or were installed in the device agent's folder of the source tree.
    private static ChartRenderer Renderer()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "NasEngine.sln")))
        {
            root = root.Parent;
        }

        string folder = Environment.GetEnvironmentVariable("NAS_AGENT_MODULES") is { Length: > 0 } named ? named
            : Path.Combine(root?.FullName ?? ".", "src", "NasEngine.DeviceAgent", "node_modules");
        if (!Directory.Exists(Path.Combine(folder, "echarts")))
        {
            Assert.Ignore($"echarts is not installed in {folder}: run npm ci --ignore-scripts in src/NasEngine.DeviceAgent.");
        }

        return new ChartRenderer(new ChartRendererOptions { ModulesFolder = folder });
    }

    private string NewFolder()
    {
        string folder = Directory.CreateTempSubdirectory("nas-report-").FullName;
        _folders.Add(folder);
        return folder;
    }
}
