using System.Xml.Linq;
using NasEngine.Testing;

namespace NasEngine.UnitTests.Architecture;

internal sealed class ProjectReferenceTests
{
    // The whole architecture: a project may reference what stands on its line, and nothing else.
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["NasEngine.Numerics"] = [],
        ["NasEngine.Torch"] = [],
        ["NasEngine.Core"] = ["NasEngine.Numerics"],
        ["NasEngine.Search"] = ["NasEngine.Core", "NasEngine.Numerics"],
        ["NasEngine.Networks"] = ["NasEngine.Core"],
        ["NasEngine.Training"] = ["NasEngine.Core", "NasEngine.Networks", "NasEngine.Torch", "NasEngine.Numerics"],
        ["NasEngine.Predictors"] = ["NasEngine.Core", "NasEngine.Numerics", "NasEngine.Torch"],
        ["NasEngine.Onnx"] = ["NasEngine.Core", "NasEngine.Networks", "Google.Protobuf", "Grpc.Tools"],
        ["NasEngine.Profiling"] = ["NasEngine.Core", "NasEngine.Numerics"],
        ["NasEngine.Storage"] = ["NasEngine.Core", "NasEngine.Numerics", "Dapper", "Microsoft.Data.Sqlite", "Npgsql", "SQLitePCLRaw.bundle_e_sqlite3"],
        ["NasEngine.Reports"] = ["NasEngine.Core"],
        ["NasEngine.Jobs"] =
        [
            "NasEngine.Core", "NasEngine.Numerics", "NasEngine.Search", "NasEngine.Networks", "NasEngine.Torch", "NasEngine.Training",
            "NasEngine.Predictors", "NasEngine.Onnx", "NasEngine.Profiling", "NasEngine.Storage", "NasEngine.Reports", "Quartz",
        ],
        ["NasEngine.Web"] =
        [
            "NasEngine.Jobs", "NasEngine.Core", "Microsoft.AspNetCore.App", "Microsoft.AspNetCore.OpenApi", "OpenTelemetry", "OpenTelemetry.Exporter.OpenTelemetryProtocol",
            "Serilog", "Serilog.Extensions.Logging", "Serilog.Sinks.Console",
        ],
        ["NasEngine.Cli"] = ["NasEngine.Web", "NasEngine.Jobs", "NasEngine.Core", "Spectre.Console", "System.CommandLine"],
    };

    [TestCaseSource(nameof(Projects))]
    public void Project_References_AreOnItsAllowedLine(string project)
    {
        IEnumerable<string> references = XDocument.Load(RepositoryFiles.PathOf($"src/{project}/{project}.csproj")).Descendants()
            .Where(element => element.Name.LocalName is "ProjectReference" or "PackageReference" or "Reference" or "FrameworkReference")
            .Select(element => Path.GetFileName(element.Attribute("Include")!.Value).Replace(".csproj", string.Empty, StringComparison.Ordinal));
        Assert.That(Allowed, Does.ContainKey(project));
        Assert.That(references, Is.SubsetOf(Allowed[project]));
    }

    private static IEnumerable<string> Projects() =>
        Directory.GetFiles(RepositoryFiles.PathOf("src"), "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);
}
