using NasEngine.Core.Devices;
using NasEngine.Core.Devices.Remote;
using NasEngine.Profiling.Local;
using NasEngine.Profiling.Remote;
using NasEngine.Testing.Devices;

namespace NasEngine.IntegrationTests.Devices;

/// <summary>A page as a device: the real service, headless Chromium, ONNX Runtime in WebAssembly.</summary>
[NonParallelizable]
internal sealed class BrowserAgentTests
{
    private ServedDevices _service = null!;

    [OneTimeSetUp]
    public async Task StartServiceAsync()
    {
        AgentFixture.RequireAgent();
        if (HeadlessChromium.Program is null || ServedDevices.WebModules is null)
        {
            Assert.Ignore("Chromium, and npm ci --ignore-scripts --prefix src/NasEngine.Web, are needed.");
        }

        _service = await ServedDevices.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopServiceAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }
    }

    [Test]
    public async Task DevicePage_InHeadlessChromium_MeasuresAndComputesWhatTheLocalDeviceDoes()
    {
        using HeadlessChromium browser = HeadlessChromium.Open(new Uri(_service.Address, "device?name=chromium&start"));
        AttachedDevice attached = await _service.WaitForAsync("chromium", TimeSpan.FromSeconds(30));
        RemoteDevice device = _service.Device("chromium"); // shares the service's store, which is disposed there
        List<Measurement> measurements = await device.MeasureAsync(AgentFixture.Items(3), AgentFixture.Quick, default).ToListAsync();
        (float[] output, float[] expected) = await ComputeAsync(device);

        Assert.That(attached.Kind, Is.EqualTo(DeviceKind.Browser));
        Assert.That(attached.Fingerprint.Runtime, Is.EqualTo("onnxruntime-web wasm"));
        Assert.That(attached.Fingerprint.RuntimeVersion, Is.EqualTo("1.30.0"));
        Assert.That(measurements.Select(one => one.Key), Is.EquivalentTo(new[] { "net-0", "net-1", "net-2" }));
        Assert.That(measurements.Select(one => one.Clock).Distinct(), Is.EqualTo(new[] { "performance.now" }));
        Assert.That(measurements.Select(one => one.Median.Milliseconds), Is.All.GreaterThan(0).And.All.LessThan(1000));
        Assert.That(output, Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public async Task DevicePage_WithAGraphicsProcessor_MeasuresAndComputesWithWebGpuAndSaysSo()
    {
        using HeadlessChromium browser = HeadlessChromium.Open(new Uri(_service.Address, "device?name=gpu&engine=webgpu&start"), HeadlessChromium.SoftwareGpu);
        AttachedDevice attached = await _service.WaitForAsync("gpu", TimeSpan.FromSeconds(30));
        RemoteDevice device = _service.Device("gpu");
        List<Measurement> measurements = await device.MeasureAsync(AgentFixture.Items(1), AgentFixture.Quick, default).ToListAsync();
        (float[] output, float[] expected) = await ComputeAsync(device);

        Assert.That(attached.Fingerprint.Runtime, Is.EqualTo("onnxruntime-web webgpu"));
        Assert.That(attached.Fingerprint.Processor, Does.Contain("swiftshader"));
        Assert.That(measurements.Single().Median.Milliseconds, Is.GreaterThan(0));
        Assert.That(output, Is.EqualTo(expected).Within(1e-4));
    }

    // What the device computes, and what this machine does under Node.
    private static async Task<(float[] Output, float[] Expected)> ComputeAsync(RemoteDevice device)
    {
        await using LocalDevice local = AgentFixture.Device();
        byte[] model = AgentFixture.Model("cnn-a.onnx");
        float[] input = [.. Enumerable.Range(0, 144).Select(i => i / 144f)];
        return ((await device.RunAsync(model, AgentFixture.ImageShape, [input], default))[0], (await local.RunAsync(model, AgentFixture.ImageShape, [input], default))[0]);
    }
}
