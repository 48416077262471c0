using System.Diagnostics;
using NasEngine.Core.Devices;
using NasEngine.Core.Errors;
using NasEngine.Profiling;
using NasEngine.Profiling.Local;

namespace NasEngine.IntegrationTests.Devices;

internal sealed class LocalDeviceTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void SetUp()
    {
        AgentFixture.RequireAgent();
        _folder = Directory.CreateTempSubdirectory("nas-device-").FullName;
    }

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task ConnectAsync_RealAgent_SaysWhatTheDeviceIs()
    {
        await using LocalDevice device = AgentFixture.Device(new LocalDeviceOptions { Threads = 2 });
        DeviceFingerprint fingerprint = await device.ConnectAsync(CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(fingerprint.Runtime, Is.EqualTo("onnxruntime-node"));
            Assert.That(fingerprint.RuntimeVersion, Is.EqualTo("1.30.0"));
            Assert.That(fingerprint.Host, Does.StartWith("node v"));
            Assert.That(fingerprint.Cores, Is.GreaterThanOrEqualTo(1));
            Assert.That(fingerprint.Threads, Is.EqualTo(2));
            Assert.That(fingerprint.Id, Has.Length.EqualTo(16));
        });
    }

    [Test]
    public async Task MeasureAsync_MoreNetworksThanABatch_GivesEachOnceWithItsBlocks()
    {
        await using LocalDevice device = AgentFixture.Device();
        List<Measurement> measurements = await MeasureAsync(device, AgentFixture.Items(7), AgentFixture.Quick with { Interleaved = 3 });
        DeviceFingerprint fingerprint = await device.ConnectAsync(CancellationToken.None);
        Assert.That(measurements.Select(measurement => measurement.Key).Order(), Is.EqualTo(AgentFixture.Items(7).Select(item => item.Key)));
        Assert.That(measurements.Select(measurement => measurement.Sequence), Is.EqualTo(Enumerable.Range(0, 7)));
        foreach (Measurement measurement in measurements)
        {
            double[] counted = MeasurementStatistics.CountedNanoseconds(measurement.Blocks, AgentFixture.Quick.MinBlocks);
            Assert.Multiple(() =>
            {
                Assert.That(measurement.Blocks, Has.Length.GreaterThanOrEqualTo(3));
                Assert.That(measurement.Median.Nanoseconds, Is.GreaterThan(0).And.EqualTo(MeasurementStatistics.Median(counted)));
                Assert.That(measurement.Low, Is.LessThanOrEqualTo(measurement.Median));
                Assert.That(measurement.High, Is.GreaterThanOrEqualTo(measurement.Median));
                Assert.That(measurement.Overhead.Nanoseconds, Is.GreaterThan(0));
                Assert.That(measurement.Canary.Nanoseconds, Is.GreaterThan(0));
                Assert.That(measurement.Device, Is.EqualTo(fingerprint.Id));
                Assert.That(measurement.Clock, Is.EqualTo("process.hrtime"));
                Assert.That(measurement.Batch, Is.EqualTo(1));
            });
        }
    }

    [Test]
    public async Task MeasureAsync_SmallAndLargeNetwork_LargeTakesLonger()
    {
        await using LocalDevice device = AgentFixture.Device();
        List<Measurement> measurements = await MeasureAsync(
            device, [AgentFixture.Item("small"), new MeasurementItem("large", AgentFixture.Model("cnn-b.onnx"), [64, 1, 12, 12])], AgentFixture.Quick);
        Assert.That(
            measurements.Single(measurement => measurement.Key == "large").Median,
            Is.GreaterThan(measurements.Single(measurement => measurement.Key == "small").Median), "64 images of a deeper network against one");
    }

    [Test]
    public async Task MeasureAsync_AgentKilledWhileLoadingAndMeasuring_GivesEveryNetworkOnce()
    {
        await using LocalDevice device = AgentFixture.Device();
        int loads = 0;
        MeasurementItem killsOnFirstLoad = new("killer", () =>
        {
            if (loads++ == 0)
            {
                KillAgent(device);
            }

            return AgentFixture.Model("cnn-a.onnx");
        }, AgentFixture.ImageShape);
        MeasurementItem slow = new("slow", AgentFixture.Model("cnn-b.onnx"), [2048, 1, 12, 12]);
        MeasurementItem[] items = [.. AgentFixture.Items(4), slow, killsOnFirstLoad];

        // No interval is narrow enough, so time ends each network: the slow one after a few rounds, when the others are far from it.
        MeasurementOptions options = AgentFixture.Quick with { Precision = 0, MaxBlocks = 10_000, TimeLimitMilliseconds = 200 };
        List<Measurement> measurements = [];
        await foreach (Measurement measurement in device.MeasureAsync(items, options, CancellationToken.None))
        {
            measurements.Add(measurement);
            if (measurements.Count == 1)
            {
                KillAgent(device);
            }
        }

        Assert.That(measurements.Select(measurement => measurement.Key), Is.EquivalentTo(items.Select(item => item.Key)));
        Assert.That(measurements.Select(measurement => measurement.Session).Distinct().Count(), Is.EqualTo(2), "before and after the second kill");
        Assert.That(loads, Is.GreaterThanOrEqualTo(2), "killed while loading at least");
    }

    [Test]
    public async Task MeasureAsync_AgentKeepsDying_ErrorShowsWhatItWrote()
    {
        string script = WriteScript("""
            console.error('ran out of patience');
            process.exit(9);
            """);
        LocalDevice device = FakeAgent(script);
        DeviceUnreachableException? error = await Assert.ThrowsAsync<DeviceUnreachableException>(() => MeasureAsync(device, AgentFixture.Items(1), AgentFixture.Quick));
        Assert.Multiple(() =>
        {
            Assert.That(error!.Kind, Is.EqualTo(FaultKind.DeviceUnreachable));
            Assert.That(error.Message, Does.Contain("exit code 9").And.Contain("3 times in a row").And.Contain("ran out of patience"));
            Assert.That(device.AgentProcessId, Is.Null);
        });
    }

    [Test]
    public async Task ConnectAsync_AgentSilent_GivesUp()
    {
        LocalDevice device = FakeAgent(WriteScript("setInterval(() => {}, 1000);"), TimeSpan.FromMilliseconds(200), maxDeaths: 1);
        DeviceUnreachableException? error = await Assert.ThrowsAsync<DeviceUnreachableException>(() => device.ConnectAsync(CancellationToken.None));
        Assert.That(error!.Message, Does.Contain("no sign"));
        Assert.That(device.AgentProcessId, Is.Null);
    }

    [Test]
    public async Task ConnectAsync_NoNode_SaysHowToInstall()
    {
        LocalDevice device = AgentFixture.Device(new LocalDeviceOptions { NodeExecutable = "no-such-node" });
        DeviceUnreachableException? error = await Assert.ThrowsAsync<DeviceUnreachableException>(() => device.ConnectAsync(CancellationToken.None));
        Assert.That(error!.Message, Does.Contain("no-such-node").And.Contain("Node.js 18"));
    }

    [Test]
    public async Task ConnectAsync_NoModules_SaysTheCommandToRun()
    {
        LocalDevice device = AgentFixture.Device(new LocalDeviceOptions { ModulesFolder = _folder });
        DeviceUnreachableException? error = await Assert.ThrowsAsync<DeviceUnreachableException>(() => device.ConnectAsync(CancellationToken.None));
        Assert.That(error!.Message, Does.Contain("npm ci --ignore-scripts").And.Contain(_folder));
    }

    [Test]
    public async Task MeasureAsync_Cancelled_StopsSoonAndLeavesNoProcess()
    {
        await using LocalDevice device = AgentFixture.Device();
        MeasurementOptions endless = AgentFixture.Quick with { MinBlocks = 1000, MaxBlocks = 1000, TimeLimitMilliseconds = 600_000 };
        using CancellationTokenSource source = new();
        await device.ConnectAsync(CancellationToken.None);
        int agent = device.AgentProcessId!.Value;
        Task<List<Measurement>> measuring = MeasureAsync(device, AgentFixture.Items(8), endless, source.Token);
        await source.CancelAsync();
        await Assert.CatchAsync<OperationCanceledException>(() => measuring.WaitAsync(TimeSpan.FromSeconds(2)));
        Assert.That(() => Process.GetProcessById(agent), Throws.ArgumentException, "the agent is gone");
    }

    [Test]
    public async Task MeasureAsync_ReaderLeavesEarly_NextCallWorks()
    {
        await using LocalDevice device = AgentFixture.Device();
        await foreach (Measurement _ in device.MeasureAsync(AgentFixture.Items(6), AgentFixture.Quick, CancellationToken.None))
        {
            break;
        }

        Assert.That(await MeasureAsync(device, AgentFixture.Items(2), AgentFixture.Quick), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task MeasureAsync_FileIsNoNetwork_NamesTheNetworkAndGoesOn()
    {
        await using LocalDevice device = AgentFixture.Device();
        MeasurementItem broken = new("broken", new byte[] { 1, 2, 3 }, [1, 3]);
        NetworkRefusedException? error = await Assert.ThrowsAsync<NetworkRefusedException>(() => MeasureAsync(device, [broken], AgentFixture.Quick));
        Assert.That(error!.Message, Does.Contain("'broken'"));
        Assert.That(await MeasureAsync(device, AgentFixture.Items(1), AgentFixture.Quick), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task MeasureAsync_InputDoesNotFit_NamesTheNetworkOfTheBatch()
    {
        await using LocalDevice device = AgentFixture.Device();
        MeasurementItem[] items = [AgentFixture.Item("fits"), new("does not fit", AgentFixture.Model("cnn-a.onnx"), [1, 2, 12, 12])];
        NetworkRefusedException? error = await Assert.ThrowsAsync<NetworkRefusedException>(() => MeasureAsync(device, items, AgentFixture.Quick));
        Assert.That(error!.Key, Is.EqualTo("does not fit"));
    }

    [Test]
    public async Task RunAsync_AffineNetwork_GivesExactOutputs()
    {
        await using LocalDevice device = AgentFixture.Device();
        float[][] inputs = [[1, 2, 3], [-0.5f, 0, 1e6f]];
        IReadOnlyList<float[]> outputs = await device.RunAsync(AgentFixture.Model("affine.onnx"), [1, 3], inputs, CancellationToken.None);
        IReadOnlyList<float[]> batched = await device.RunAsync(
            AgentFixture.Model("affine.onnx"), [2, 3], [[.. inputs[0], .. inputs[1]]], CancellationToken.None);
        float[][] expected = [[2.5f, 2.5f, 8.25f], [-0.5f, -1.5f, 2_000_002.25f]];
        Assert.That(outputs, Is.EqualTo(expected));
        Assert.That(batched.Single(), Is.EqualTo(expected.SelectMany(row => row)));
    }

    [Test]
    public async Task RunAsync_InputOfAnotherSize_SaysShapeAndCount()
    {
        LocalDevice device = AgentFixture.Device();
        ArgumentException? error = await Assert.ThrowsAsync<ArgumentException>(
            () => device.RunAsync(AgentFixture.Model("affine.onnx"), [1, 3], [[1f, 2f]], CancellationToken.None));
        Assert.That(error!.Message, Does.Contain("[1 × 3] = 3 values").And.Contain("has 2"));
    }

    private static async Task<List<Measurement>> MeasureAsync(
        IDevice device, IReadOnlyList<MeasurementItem> items, MeasurementOptions options, CancellationToken cancellationToken = default)
    {
        List<Measurement> measurements = [];
        await foreach (Measurement measurement in device.MeasureAsync(items, options, cancellationToken))
        {
            measurements.Add(measurement);
        }

        return measurements;
    }

    private static void KillAgent(LocalDevice device)
    {
        using Process agent = Process.GetProcessById(device.AgentProcessId!.Value);
        agent.Kill();
        agent.WaitForExit();
    }

    private string WriteScript(string text)
    {
        string script = Path.Combine(_folder, "fake.mjs");
        File.WriteAllText(script, text);
        return script;
    }

    private static LocalDevice FakeAgent(string script, TimeSpan? silence = null, int maxDeaths = 3) => AgentFixture.Device(new LocalDeviceOptions
    {
        AgentScript = script,
        ModulesFolder = Path.Combine(AgentFixture.AgentFolder, "node_modules"),
        SilenceLimit = silence ?? TimeSpan.FromSeconds(60),
        MaxDeaths = maxDeaths,
    });
}
