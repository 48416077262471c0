using NasEngine.Core.Devices;
using NasEngine.Core.Devices.Remote;
using NasEngine.Profiling.Remote;
using NasEngine.Testing.Devices;

namespace NasEngine.IntegrationTests.Devices;

/// <summary>A page as a device: the real service, headless Chromium, ONNX Runtime in WebAssembly.</summary>
[NonParallelizable]
internal sealed class BrowserAgentTests
{
    [Test]
    public async Task DevicePage_InHeadlessChromium_MeasuresAndComputesWhatTheLocalDeviceDoes()
    {
        AgentFixture.RequireAgent();
        if (HeadlessChromium.Program is null || ServedDevices.WebModules is null)
        {
            Assert.Ignore("Chromium, and npm ci --ignore-scripts --prefix src/NasEngine.Web, are needed.");
        }

        await using ServedDevices service = await ServedDevices.StartAsync();
        using HeadlessChromium browser = HeadlessChromium.Open(new Uri(service.Address, "device?name=chromium&start"));
        AttachedDevice attached = await service.WaitForAsync("chromium", TimeSpan.FromSeconds(30));
        await using RemoteDevice device = service.Device("chromium");
        List<Measurement> measurements = await device.MeasureAsync(AgentFixture.Items(3), AgentFixture.Quick, default).ToListAsync();
        await using NasEngine.Profiling.Local.LocalDevice local = AgentFixture.Device();
        float[] input = [.. Enumerable.Range(0, 144).Select(i => i / 144f)];
        IReadOnlyList<float[]> expected = await local.RunAsync(AgentFixture.Model("cnn-a.onnx"), AgentFixture.ImageShape, [input], default);
        IReadOnlyList<float[]> outputs = await device.RunAsync(AgentFixture.Model("cnn-a.onnx"), AgentFixture.ImageShape, [input], default);

        Assert.That(attached.Kind, Is.EqualTo(DeviceKind.Browser));
        Assert.That(attached.Fingerprint.Runtime, Is.EqualTo("onnxruntime-web wasm"));
        Assert.That(attached.Fingerprint.RuntimeVersion, Is.EqualTo("1.30.0"));
        Assert.That(measurements.Select(one => one.Key), Is.EquivalentTo(new[] { "net-0", "net-1", "net-2" }));
        Assert.That(measurements.Select(one => one.Clock).Distinct(), Is.EqualTo(new[] { "performance.now" }));
        Assert.That(measurements.Select(one => one.Median.Milliseconds), Is.All.GreaterThan(0).And.All.LessThan(1000));
        Assert.That(outputs[0], Is.EqualTo(expected[0]).Within(1e-5));
    }
}
