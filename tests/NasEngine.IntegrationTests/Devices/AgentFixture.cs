using System.Collections.Immutable;
using NasEngine.Core.Devices;
using NasEngine.Profiling.Local;

namespace NasEngine.IntegrationTests.Devices;

/// <summary>What the device tests share: the agent of the repository, the committed networks, short options.</summary>
internal static class AgentFixture
{
    public static readonly ImmutableArray<int> ImageShape = [1, 1, 12, 12];

    /// <summary>Short and imprecise: the tests look at what comes back, not at the numbers.</summary>
    public static readonly MeasurementOptions Quick = new()
    {
        BlockMilliseconds = 0.5, MinBlocks = 3, MaxBlocks = 3, WarmUpMilliseconds = 2, Precision = 1, CanaryEvery = 16,
    };

    public static string AgentFolder
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NasEngine.sln")))
            {
                folder = folder.Parent;
            }

            return Path.Combine(folder!.FullName, "src", "NasEngine.DeviceAgent");
        }
    }

    public static string Script => Path.Combine(AgentFolder, "node.mjs");

    public static void RequireAgent()
    {
        if (!Directory.Exists(Path.Combine(AgentFolder, "node_modules", "onnxruntime-node")))
        {
            Assert.Ignore($"The agent is not installed: npm ci --ignore-scripts --prefix {AgentFolder}");
        }
    }

    public static byte[] Model(string name) =>
        File.ReadAllBytes(Path.Combine(AgentFolder, "..", "..", "tests", "NasEngine.IntegrationTests", "Devices", "fixtures", name));

    public static MeasurementItem Item(string key, string model = "cnn-a.onnx") => new(key, Model(model), ImageShape);

    public static MeasurementItem[] Items(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Item($"net-{i}", i % 2 == 0 ? "cnn-a.onnx" : "cnn-b.onnx"))];

    public static LocalDevice Device(LocalDeviceOptions? options = null) => new(options ?? new LocalDeviceOptions(), TimeProvider.System);
}
