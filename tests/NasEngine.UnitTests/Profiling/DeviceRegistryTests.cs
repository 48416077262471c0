using NasEngine.Core.Devices;
using NasEngine.Core.Errors;
using NasEngine.Profiling;

namespace NasEngine.UnitTests.Profiling;

internal sealed class DeviceRegistryTests
{
    [TestCase("local", "local")]
    [TestCase("local:threads=1", "local")]
    [TestCase("local:threads=2", "local:threads=2")]
    [TestCase("replay:/runs/a:b.jsonl", "replay:/runs/a:b.jsonl")]
    [TestCase("replay:b.jsonl", "replay:/base/b.jsonl")]
    public async Task Create_KnownForm_NamesTheDevice(string text, string name)
    {
        await using IDevice device = new DeviceRegistry(TimeProvider.System, "/base").Create(text);
        Assert.That(device.Name, Is.EqualTo(name));
    }

    [TestCase("phone", "There is no device 'phone'. Known: local[:threads=N], replay:FILE.")]
    [TestCase("", "There is no device ''. Known: local[:threads=N], replay:FILE.")]
    [TestCase("replay", "Device 'replay' needs a file: replay:FILE.")]
    [TestCase("local:cores=2", "There is no setting of device 'local' 'cores'. Known: threads.")]
    [TestCase("local:threads=0", "Setting 'threads' of device 'local' must be a whole number from 1 to 1024, got '0'.")]
    [TestCase("local:threads", "There is no setting of device 'local' 'threads'. Known: threads.")]
    public void Create_UnknownForm_SaysWhatIsKnown(string text, string message) =>
        Assert.That(() => new DeviceRegistry(TimeProvider.System).Create(text), Throws.TypeOf<UsageException>().With.Message.EqualTo(message));

    [Test]
    public async Task Create_RegisteredKind_GetsWhatStandsAfterTheColon()
    {
        DeviceRegistry registry = new(TimeProvider.System);
        registry.Register("fake", "fake:NAME", rest => new FakeDevice(1, rest));
        await using IDevice device = registry.Create("fake:x:y");
        Assert.That((await device.ConnectAsync(CancellationToken.None)).Processor, Is.EqualTo("x:y"));
    }
}
