using NasEngine.Core.Devices;
using NasEngine.Core.Devices.Remote;
using NasEngine.Core.Errors;
using NasEngine.Core.Progress;
using NasEngine.Jobs.Background;
using NasEngine.Jobs.Runs;
using NasEngine.Storage;
using NasEngine.Storage.Devices;
using NasEngine.Testing;
using NasEngine.Testing.Devices;
using NasEngine.UnitTests.Profiling;

namespace NasEngine.UnitTests.Jobs.Background;

internal sealed class WorkerDevicesTests
{
    private readonly ManualTime _time = new();
    private TemporaryFolder _folder = null!;
    private NasStore _store = null!;

    private IDeviceStore Shown => DeviceStores.Of(_store, _time);

    [SetUp]
    public async Task OpenStore()
    {
        _folder = new TemporaryFolder();
        _store = await NasStore.OpenAsync(_folder.PathOf("nas.db"));
    }

    [TearDown]
    public async Task CloseStore()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task ShowAsync_AttachedDevice_IsListedAndStaysOnline()
    {
        WorkerDevices devices = Create(("local", "local:threads=2"));
        await devices.ShowAsync(default);
        AttachedDevice shown = (await Shown.ListAsync(default)).Single();
        Assert.That((shown.Name, shown.Kind, shown.Form, shown.Activity), Is.EqualTo(("local-threads-2", DeviceKind.Local, "local:threads=2", DeviceActivity.Online)));
        _time.Pass(600);
        Assert.That((await Shown.ListAsync(default)).Single().Activity, Is.EqualTo(DeviceActivity.Offline));
        await devices.ShowAsync(default);
        Assert.That((await Shown.ListAsync(default)).Single().Activity, Is.EqualTo(DeviceActivity.Online));
    }

    [Test]
    public async Task MeasureAsync_DeviceOfTheWorker_ShowsItsLastMeasurements()
    {
        await using IDevice device = Create(("local", "local")).Open("local");
        List<string> keys = [];
        await foreach (Measurement measurement in device.MeasureAsync([Item("a"), Item("b")], new MeasurementOptions(), default))
        {
            keys.Add(measurement.Key);
        }

        Assert.That(keys, Is.EqualTo((string[])["a", "b"]));
        Assert.That((await Shown.ListMeasurementsAsync("local", 10, default)).Select(measurement => measurement.Key), Is.EquivalentTo(keys));
    }

    [Test]
    public async Task ShowAsync_DeviceThatCannotBeReached_LeavesTheOthersShown()
    {
        await Create(("away", "away"), ("local", "local")).ShowAsync(default);
        Assert.That((await Shown.ListAsync(default)).Select(device => device.Name), Is.EqualTo((string[])["local"]));
    }

    [Test]
    public async Task Open_DeviceOfTheService_IsLeftToTheService()
    {
        await using IDevice device = Create().Open("agent:pi");
        await device.ConnectAsync(default);
        Assert.That(await Shown.ListAsync(default), Is.Empty);
    }

    private static MeasurementItem Item(string key) => new(key, new byte[] { 1 }, [1]);

    private WorkerDevices Create(params (string Name, string Form)[] devices)
    {
        RunServices services = new()
        {
            Store = _store.Runs,
            Workplace = new Workplace(_folder.FullName, _folder.FullName, _folder.FullName),
            Progress = SilentProgress.Instance,
            Time = _time,
            OpenDevice = form => form == "away" ? throw new WorkFailedException("It is away.") : new FakeDevice(1),
        };
        return new WorkerDevices(Shown, services, new WorkerOptions { Devices = devices.ToDictionary(device => device.Name, device => device.Form) }, oneMachine: true);
    }
}
