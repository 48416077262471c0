using System.Diagnostics;
using NasEngine.Core.Devices;
using NasEngine.Core.Devices.Remote;
using NasEngine.Profiling.Remote;
using NasEngine.Testing;
using NasEngine.Testing.Devices;

namespace NasEngine.IntegrationTests.Devices;

/// <summary>Agents under Node that work for a service: processes, sockets, real networks.</summary>
[NonParallelizable]
internal sealed class RemoteAgentTests
{
    [SetUp]
    public void RequireAgent() => AgentFixture.RequireAgent();

    [Test]
    public async Task InstalledPackage_Attached_MeasuresAndRunsAsTheLocalDeviceDoes()
    {
        using TemporaryFolder folder = new();
        string package = Npm(folder.FullName, "pack", "--silent", AgentFixture.AgentFolder).Trim();
        Npm(folder.FullName, "install", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", folder.PathOf(package));
        await using DeviceServer server = await DeviceServer.StartAsync();
        using NodeAgent agent = NodeAgent.Start(server.Address, "installed", folder.PathOf("node_modules/.bin/nas-device"));
        await using RemoteDevice device = server.Device("installed");
        await WaitForAsync(server, agent);

        List<Measurement> measurements = await device.MeasureAsync(AgentFixture.Items(3), AgentFixture.Quick, default).ToListAsync();
        await using NasEngine.Profiling.Local.LocalDevice local = AgentFixture.Device();
        float[] input = [.. Enumerable.Range(0, 144).Select(i => i / 144f)];
        IReadOnlyList<float[]> expected = await local.RunAsync(AgentFixture.Model("cnn-a.onnx"), AgentFixture.ImageShape, [input, input], default);
        IReadOnlyList<float[]> outputs = await device.RunAsync(AgentFixture.Model("cnn-a.onnx"), AgentFixture.ImageShape, [input, input], default);

        Assert.That(measurements.Select(one => one.Key), Is.EquivalentTo(new[] { "net-0", "net-1", "net-2" }));
        Assert.That(measurements.Select(one => one.Median.Milliseconds), Is.All.GreaterThan(0).And.All.LessThan(100));
        Assert.That(measurements.Select(one => one.Canary.Nanoseconds), Is.All.GreaterThan(0));
        Assert.That((await device.ConnectAsync(default)).Id, Is.EqualTo((await local.ConnectAsync(default)).Id));
        Assert.That(outputs, Is.EqualTo(expected));
        Assert.That(
            () => device.RunAsync("no network"u8.ToArray(), [1], [[1]], default),
            Throws.TypeOf<NetworkRefusedException>().With.Message.Contains("The engine refuses model 'run'"));
        Assert.That(await agent.InterruptAsync(), Is.Zero);
        Assert.That((await server.Store.ListAsync(default)).Single().Activity, Is.EqualTo(DeviceActivity.Offline));
    }

    [Test]
    public async Task Measure_DevicePulledAwayThreeTimes_LosesNothingAndMeasuresNothingTwice()
    {
        MeasurementOptions options = AgentFixture.Quick with { MinBlocks = 40, MaxBlocks = 40, Interleaved = 3, BlockMilliseconds = 2 };
        PullOutcome outcome = await PullCampaign.RunAsync(AgentFixture.Items(9), options, pulls: 3, seed: 1);
        Assert.That((outcome.Lost, outcome.Doubled), Is.EqualTo((0, 0)));
        Assert.That(outcome.Again, Is.Empty);
        Assert.That(outcome.Pulls, Is.GreaterThan(0));
    }

    [Test]
    public void Start_ServiceThatRefusesTheName_EndsWithOneLine()
    {
        using Process agent = Process.Start(new ProcessStartInfo("node", [AgentFixture.Script, "--server", "http://127.0.0.1:9", "--threads", "0"]) { RedirectStandardError = true })!;
        string said = agent.StandardError.ReadToEnd();
        agent.WaitForExit();
        Assert.That(agent.ExitCode, Is.EqualTo(2));
        Assert.That(said.Trim(), Is.EqualTo("nas-device: Option --threads must be a whole number from 1 to 1024, got '0'."));
    }

    private static async Task WaitForAsync(DeviceServer server, NodeAgent agent)
    {
        DateTimeOffset end = DateTimeOffset.UtcNow.AddSeconds(30);
        while ((await server.Store.ListAsync(default)).Count == 0)
        {
            Assert.That(DateTimeOffset.UtcNow, Is.LessThan(end), string.Join('\n', agent.Lines));
            await server.Store.WaitAsync(TimeSpan.FromMilliseconds(50), default);
        }
    }

    private static string Npm(string folder, params string[] arguments)
    {
        using Process npm = Process.Start(new ProcessStartInfo("npm", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = npm.StandardError.ReadToEndAsync();
        string output = npm.StandardOutput.ReadToEnd();
        npm.WaitForExit();
        Assert.That(npm.ExitCode, Is.Zero, error.Result);
        return output;
    }
}
