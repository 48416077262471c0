using System.Text.Json;
using NasEngine.Core.Devices;
using NasEngine.Core.Errors;
using NasEngine.Profiling.Replay;

namespace NasEngine.UnitTests.Profiling;

internal sealed class RecordingTests
{
    private static readonly MeasurementItem[] Items = [.. Enumerable.Range(0, 12).Select(i => Item($"space/{i}"))];
    private string _file = string.Empty;

    [SetUp]
    public void SetUp() => _file = Path.Combine(Directory.CreateTempSubdirectory("nas-recording-").FullName, "deep", "latencies.jsonl");

    [TearDown]
    public void TearDown() => Directory.Delete(Path.GetDirectoryName(Path.GetDirectoryName(_file))!, recursive: true);

    [Test]
    public async Task Replay_OfRecording_EqualsItBitForBit()
    {
        List<Measurement> recorded = await RecordAsync(Items);
        await using ReplayDevice replay = new(_file);
        List<Measurement> replayed = await MeasureAsync(replay, Items);
        Assert.That(replayed.Select(Text), Is.EqualTo(recorded.Select(Text)));
        Assert.That(replayed.Select(Bits), Is.EqualTo(recorded.Select(Bits)));
        Assert.That(await replay.ConnectAsync(CancellationToken.None), Is.EqualTo(new FakeDevice(1).Fingerprint));
    }

    [Test]
    public async Task Replay_ItemsInAnotherOrder_AnswersInThatOrderWithoutTheModel()
    {
        await RecordAsync(Items);
        await using ReplayDevice replay = new(_file);
        MeasurementItem[] asked = [.. Items.Reverse().Select(item => new MeasurementItem(item.Key, () => throw new InvalidOperationException("not needed"), item.InputShape))];
        Assert.That((await MeasureAsync(replay, asked)).Select(measurement => measurement.Key), Is.EqualTo(asked.Select(item => item.Key)));
    }

    [Test]
    public async Task Record_FileOfTheSameDevice_ContinuesItAndTheFirstMeasurementStays()
    {
        List<Measurement> first = await RecordAsync(Items[..4]);
        await RecordAsync(Items[2..6], seed: 2);
        await using ReplayDevice replay = new(_file);
        List<Measurement> replayed = await MeasureAsync(replay, Items[..6]);
        Assert.That(replayed.Take(4).Select(Text), Is.EqualTo(first.Select(Text)));
    }

    [Test]
    public async Task Record_LastAppendWasCutOff_RemovesItAndContinues()
    {
        await RecordAsync(Items[..4]);
        await using (FileStream stream = new(_file, FileMode.Open))
        {
            stream.SetLength(stream.Length - 20);
        }

        await RecordAsync(Items[3..6], seed: 2);
        await using ReplayDevice replay = new(_file);
        Assert.That(await MeasureAsync(replay, Items[..6]), Has.Count.EqualTo(6));
    }

    [Test]
    public async Task Record_FileOfAnotherDevice_IsRefused()
    {
        await RecordAsync(Items[..1]);
        await using RecordingDevice recorder = new(new FakeDevice(1, "Other 1"), _file);
        UsageException? error = await Assert.ThrowsAsync<UsageException>(() => MeasureAsync(recorder, Items));
        Assert.That(error!.Message, Does.Contain("Fake 9000").And.Contain("Other 1").And.Contain("another file"));
    }

    [Test]
    public async Task Record_ReaderLeavesEarly_FileHoldsWhatWasGiven()
    {
        await using (RecordingDevice recorder = new(new FakeDevice(1), _file))
        {
            await foreach (Measurement _ in recorder.MeasureAsync(Items, new MeasurementOptions(), CancellationToken.None))
            {
                break;
            }
        }

        await using ReplayDevice replay = new(_file);
        Assert.That(await MeasureAsync(replay, Items[..1]), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Replay_NetworkNotInTheFile_NamesFileNetworkAndWayOut()
    {
        await RecordAsync(Items[..2]);
        await using ReplayDevice replay = new(_file);
        UsageException? error = await Assert.ThrowsAsync<UsageException>(() => MeasureAsync(replay, Items[..5]));
        Assert.That(error!.Message, Does.Contain(_file).And.Contain("'space/2' and 2 more").And.Contain("recording to this file"));
    }

    [Test]
    public async Task Replay_InputOfAnotherShape_IsRefused()
    {
        await RecordAsync(Items[..1]);
        await using ReplayDevice replay = new(_file);
        MeasurementItem larger = new(Items[0].Key, ReadOnlyMemory<byte>.Empty, [8, 3]);
        UsageException? error = await Assert.ThrowsAsync<UsageException>(() => MeasureAsync(replay, [larger]));
        Assert.That(error!.Message, Does.Contain("[1 × 3]").And.Contain("[8 × 3]"));
    }

    [Test]
    public async Task Replay_Run_IsDoneByTheInnerDeviceOrRefused()
    {
        await RecordAsync(Items[..1]);
        await using ReplayDevice alone = new(_file);
        await using ReplayDevice backed = new(_file, new FakeDevice(1));
        Assert.That(() => alone.RunAsync(default, [1, 2], [[1f, 2f]], CancellationToken.None), Throws.TypeOf<UsageException>());
        Assert.That((await backed.RunAsync(default, [1, 2], [[1f, 2f]], CancellationToken.None)).Single(), Is.EqualTo(new[] { 3f }));
    }

    [Test]
    public async Task Replay_NoFile_SaysSo()
    {
        UsageException? error = await Assert.ThrowsAsync<UsageException>(() => new ReplayDevice(_file).ConnectAsync(CancellationToken.None));
        Assert.That(error!.Message, Does.Contain(_file));
    }

    [Test]
    public async Task Replay_DigitChanged_NamesTheLine()
    {
        await RecordAsync(Items[..3]);
        string[] lines = await File.ReadAllLinesAsync(_file);
        lines[2] = lines[2].Replace("\"medianNs\":", "\"medianNs\":1", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(_file, lines);
        DamagedFileException? error = await Assert.ThrowsAsync<DamagedFileException>(() => new ReplayDevice(_file).ConnectAsync(CancellationToken.None));
        Assert.That(error!.Message, Does.Contain($"{_file}: line 3").And.Contain("was changed"));
    }

    [Test]
    public async Task Replay_HandWrittenLineWithoutCheck_IsTaken()
    {
        List<Measurement> recorded = await RecordAsync(Items[..1]);
        await File.AppendAllTextAsync(_file, $"{{\"measurement\":{Text(recorded[0] with { Key = "by hand" })}}}\n");
        await using ReplayDevice replay = new(_file);
        Assert.That((await MeasureAsync(replay, [Item("by hand")])).Single().Median, Is.EqualTo(recorded[0].Median));
    }

    [Test]
    public async Task Replay_DamagedFiles_AreFineOrGiveOneClearError()
    {
        List<Measurement> recorded = await RecordAsync(Items);
        Dictionary<string, string> known = recorded.ToDictionary(measurement => measurement.Key, Text);
        byte[] whole = await File.ReadAllBytesAsync(_file);
        Random random = new(3);
        int refused = 0;
        for (int i = 0; i < 200; i++)
        {
            byte[] damaged = i % 2 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            for (int j = 0; i % 2 == 1 && j < 1 + (i % 7); j++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            await File.WriteAllBytesAsync(_file, damaged);
            await using ReplayDevice replay = new(_file);
            try
            {
                List<Measurement> replayed = await MeasureAsync(replay, Items);
                Assert.That(replayed.Select(Text), Is.EqualTo(replayed.Select(measurement => known[measurement.Key])), $"damage {i} went unseen");
            }
            catch (NasException error)
            {
                refused++;
                Assert.That(error.Kind, Is.EqualTo(FaultKind.Input));
                Assert.That(error.Message, Does.Contain(_file).And.Not.Contain("\n"));
            }
        }

        Assert.That(refused, Is.GreaterThan(150));
    }

    private static MeasurementItem Item(string key) => new(key, new byte[] { 1 }, [1, 3]);

    private static string Text(Measurement measurement) => JsonSerializer.Serialize(measurement, DeviceJson.Options);

    private static string Bits(Measurement measurement) =>
        string.Join(' ', measurement.Blocks.Select(block => BitConverter.DoubleToInt64Bits(block.Nanoseconds)).Append(BitConverter.DoubleToInt64Bits(measurement.Median.Nanoseconds)));

    private async Task<List<Measurement>> RecordAsync(IReadOnlyList<MeasurementItem> items, int seed = 1)
    {
        await using RecordingDevice recorder = new(new FakeDevice(seed), _file);
        return await MeasureAsync(recorder, items);
    }

    private static async Task<List<Measurement>> MeasureAsync(IDevice device, IReadOnlyList<MeasurementItem> items)
    {
        List<Measurement> measurements = [];
        await foreach (Measurement measurement in device.MeasureAsync(items, new MeasurementOptions(), CancellationToken.None))
        {
            measurements.Add(measurement);
        }

        return measurements;
    }
}
