using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using NasEngine.Core.Devices;
using NasEngine.Core.Units;

namespace NasEngine.UnitTests.Profiling;

/// <summary>Measures nothing: gives seeded numbers with awkward fractions, and sums as outputs.</summary>
internal sealed class FakeDevice(int seed, string processor = "Fake 9000") : IDevice
{
    private readonly Random _random = new(seed);
    private int _sequence;

    public string Name => "fake";

    public DeviceFingerprint Fingerprint { get; } = new()
    {
        Runtime = "fake", RuntimeVersion = "1", Host = "none", OperatingSystem = "none", Processor = processor, Cores = 1, Threads = 1,
    };

    public Task<DeviceFingerprint> ConnectAsync(CancellationToken cancellationToken) => Task.FromResult(Fingerprint);

    public async IAsyncEnumerable<Measurement> MeasureAsync(
        IReadOnlyList<MeasurementItem> items, MeasurementOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (MeasurementItem item in items)
        {
            double median = 1e5 / 3 * (1 + _random.NextDouble());
            yield return new Measurement
            {
                Key = item.Key,
                Median = Latency.FromNanoseconds(median),
                Low = Latency.FromNanoseconds(median * 0.99),
                High = Latency.FromNanoseconds(median * 1.01),
                Blocks = [.. Enumerable.Range(0, 6).Select(i => new MeasuredBlock(median * (1 + (_random.NextDouble() / 100)), i, 1 / 1.03, i == 3))],
                RunsPerBlock = 40,
                Overhead = Latency.FromNanoseconds(8559.42),
                Device = Fingerprint.Id,
                Threads = 1,
                InputShape = item.InputShape,
                Clock = "none",
                Warnings = ["±3 % was asked for; \"quotes\" and µs stay"],
                Session = "session",
                Sequence = _sequence++,
                MeasuredAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero),
            };
        }
    }

    public Task<IReadOnlyList<float[]>> RunAsync(
        ReadOnlyMemory<byte> model, ImmutableArray<int> inputShape, IReadOnlyList<float[]> inputs, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<float[]>>([.. inputs.Select(input => new[] { input.Sum() })]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
