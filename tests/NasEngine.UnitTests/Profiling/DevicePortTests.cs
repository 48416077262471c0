using System.Text.Json;
using NasEngine.Core.Devices;

namespace NasEngine.UnitTests.Profiling;

internal sealed class DevicePortTests
{
    [Test]
    public void Validate_SeveralSettingsOutOfRange_NamesAll()
    {
        MeasurementOptions options = new() { MinBlocks = 9, MaxBlocks = 5, Precision = 2, Seed = -1 };
        ArgumentException? error = Assert.Throws<ArgumentException>(options.Validate);
        Assert.That(error!.Message, Does.Contain("Precision").And.Contain("Seed").And.Contain("MaxBlocks is 5"));
    }

    [Test]
    public void Validate_Defaults_Pass() => Assert.That(new MeasurementOptions().Validate, Throws.Nothing);

    [Test]
    public void Fingerprint_Id_ChangesWithWhatLatencyDependsOn()
    {
        DeviceFingerprint device = new FakeDevice(1).Fingerprint;
        Assert.Multiple(() =>
        {
            Assert.That((device with { MemoryBytes = 1, OperatingSystemRelease = "6.2" }).Id, Is.EqualTo(device.Id));
            Assert.That((device with { Threads = 2 }).Id, Is.Not.EqualTo(device.Id));
            Assert.That((device with { Processor = "Other" }).Id, Is.Not.EqualTo(device.Id));
            Assert.That((device with { RuntimeVersion = "2" }).Id, Is.Not.EqualTo(device.Id));
        });
    }

    [TestCase("{}")]
    [TestCase("{\"key\":null}")]
    public void Measurement_JsonWithoutRequiredValues_IsRefused(string json) =>
        Assert.That(() => JsonSerializer.Deserialize<Measurement>(json, DeviceJson.Options), Throws.InstanceOf<JsonException>());

    [Test]
    public void MeasurementItem_BadShapeOrKey_Throws()
    {
        Assert.That(() => new MeasurementItem("a", ReadOnlyMemory<byte>.Empty, [1, 0]), Throws.ArgumentException);
        Assert.That(() => new MeasurementItem("a", ReadOnlyMemory<byte>.Empty, []), Throws.ArgumentException);
        Assert.That(() => new MeasurementItem(string.Empty, ReadOnlyMemory<byte>.Empty, [1]), Throws.ArgumentException);
    }
}
