using NasEngine.Core.Devices;
using NasEngine.Core.Runs;
using NasEngine.Core.Units;
using NasEngine.Jobs.Profiling;
using NasEngine.Jobs.Steps;
using NasEngine.Testing.Devices;

namespace NasEngine.UnitTests.Jobs.Profiling;

internal sealed class DeviceSpeedTests
{
    private const double FastNs = 20_000;
    private const double SlowNs = 32_000;

    // Networks slow down more than the canary does, each in its own way: time = base · canary^exponent.
    private static readonly (string Key, double BaseMs, double Exponent)[] Networks = [("a", 0.1, 1.2), ("b", 0.2, 1.1), ("c", 0.3, 0.9), ("d", 0.4, 1.1)];

    [Test]
    public void AtReference_DeviceAtTwoSpeeds_GivesOneLatency()
    {
        StoredMeasurement[] fast = [.. Networks.Select(network => Measure(network, 0, (FastNs, 0)))];
        StoredMeasurement[] slow = [.. Networks.Select(network => Measure(network, 1, (SlowNs, 0)))];
        DeviceSpeed speed = new([.. fast, .. slow]);
        foreach ((StoredMeasurement first, StoredMeasurement second) in fast.Zip(slow))
        {
            Assert.That(second.MedianMs / first.MedianMs, Is.GreaterThan(1.5));
            Assert.That(speed.AtReference(second).MedianMs, Is.EqualTo(speed.AtReference(first).MedianMs).Within(0.5).Percent);
        }
    }

    [Test]
    public void AtReference_NetworkSeenAtOneSpeed_TakesTheOthersExponent()
    {
        StoredMeasurement[] mixed = [.. Networks.Select(network => Measure(network, 0, (FastNs, 0), (SlowNs, 0)))];
        DeviceSpeed speed = new(mixed);
        StoredMeasurement late = Measure(("late", 0.5, 1.1), 2, (SlowNs, 0));
        double reference = (FastNs + SlowNs) / 2;
        Assert.That(speed.AtReference(late).MedianMs, Is.EqualTo(0.5 * Math.Pow(reference / FastNs, 1.1)).Within(1).Percent);
    }

    [Test]
    public void AtReference_CanaryChangedDuringBlocks_LeavesThemOut()
    {
        StoredMeasurement steady = Measure(Networks[0], 0, (FastNs, 0));
        StoredMeasurement torn = Measure(Networks[0], 0, (FastNs, 0), (SlowNs * 2, 0.4));
        DeviceSpeed speed = new([steady]);
        Assert.That(speed.AtReference(torn).MedianMs, Is.EqualTo(speed.AtReference(steady).MedianMs).Within(0.01).Percent);
    }

    [Test]
    public void AtReference_OlderAgent_IsInProportionToTheCanary()
    {
        StoredMeasurement old = Measure(Networks[0], 0, (FastNs, null), (SlowNs, null));
        DeviceSpeed speed = new([old]);
        double[] expected = [.. Blocks(Networks[0], 0, (FastNs, null), (SlowNs, null)).Select(block => block.Nanoseconds / block.CanaryFactor / 1e6)];
        Assert.That(speed.AtReference(old).LowMs, Is.EqualTo(expected.Min() * 1.3).Within(5).Percent, "the reference is the mean of both speeds");
        Assert.That(speed.AtReference(old).HighMs, Is.EqualTo(expected.Max() * 1.3).Within(5).Percent);
    }

    [Test]
    public void AtReference_NoCanary_IsTheMeasurementsOwn()
    {
        StoredMeasurement plain = ProfileStep.Store(DeviceSamples.Measurement("plain", 2, canaryMicroseconds: 0), "pi");
        Assert.That(new DeviceSpeed([plain]).AtReference(plain).MedianMs, Is.EqualTo(2));
    }

    private static StoredMeasurement Measure((string Key, double BaseMs, double Exponent) network, int seed, params (double CanaryNs, double? Change)[] speeds)
    {
        MeasuredBlock[] blocks = Blocks(network, seed, speeds);
        double[] sorted = [.. blocks.Select(block => block.Nanoseconds).Order()];
        return ProfileStep.Store(
            DeviceSamples.Measurement(network.Key) with { Blocks = [.. blocks], Canary = Latency.FromNanoseconds(FastNs), Median = Latency.FromNanoseconds(sorted[sorted.Length / 2]) },
            "pi");
    }

    // Twenty blocks at each speed, with 1 % of scatter in the canary and in the network.
    private static MeasuredBlock[] Blocks((string Key, double BaseMs, double Exponent) network, int seed, params (double CanaryNs, double? Change)[] speeds)
    {
        Random random = new(seed);
        double Scatter() => 1 + (0.01 * ((2 * random.NextDouble()) - 1));
        return [.. speeds.SelectMany(speed => Enumerable.Range(0, 20).Select(place => new MeasuredBlock(
            network.BaseMs * 1e6 * Math.Pow(speed.CanaryNs / FastNs, network.Exponent) * Scatter(), place, speed.CanaryNs / FastNs * Scatter(), false, speed.Change)))];
    }
}
