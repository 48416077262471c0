using NasEngine.Core.Devices;
using NasEngine.Core.Devices.Remote;
using NasEngine.Core.Errors;
using NasEngine.Profiling;
using NasEngine.Profiling.Remote;
using NasEngine.Storage.Devices;
using NasEngine.Testing;
using NasEngine.Testing.Devices;

namespace NasEngine.UnitTests.Profiling.Remote;

/// <summary>What a run sees of a device behind an agent that is away, another one, or failing.</summary>
internal sealed class RemoteDeviceTests
{
    private static readonly MeasurementItem Network = new("a", new byte[] { 1 }, [1, 3, 8, 8]);

    private TemporaryFolder _folder = null!;
    private IDeviceStore _store = null!;
    private RemoteDevice _device = null!;

    [SetUp]
    public async Task OpenStore()
    {
        _folder = new TemporaryFolder();
        _store = await DeviceStores.OpenAsync(_folder.PathOf("nas.db"), TimeProvider.System, default);
        _device = new RemoteDevice("pi", _ => Task.FromResult(_store), TimeProvider.System, new RemoteDeviceOptions
        {
            PollInterval = TimeSpan.FromMilliseconds(10), ConnectPatience = TimeSpan.Zero, AwayPatience = TimeSpan.Zero,
        });
    }

    [TearDown]
    public async Task CloseStore()
    {
        await _device.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task ConnectAsync_NameThatIsNotAttached_ListsThoseThatAre()
    {
        Assert.That(() => _device.ConnectAsync(default), Throws.TypeOf<DeviceUnreachableException>().With.Message.StartsWith("Device 'agent:pi' is not reachable: no device is attached."));
        await _store.AttachAsync(DeviceSamples.Attachment("phone"), default);
        DeviceSession left = await _store.AttachAsync(DeviceSamples.Attachment("laptop"), default);
        await _store.LeaveAsync(left.Id, default);
        await _store.NoteAsync(DeviceSamples.Attachment("worker") with { Kind = DeviceKind.Local }, "local", default);
        Assert.That(
            () => _device.ConnectAsync(default),
            Throws.TypeOf<DeviceUnreachableException>().With.Message.EqualTo("Device 'agent:pi' is not reachable: no device of that name is attached. Attached: laptop (away), phone."));
    }

    [Test]
    public async Task ConnectAsync_DeviceThatLeft_SaysWhenItWasThere()
    {
        DeviceSession session = await _store.AttachAsync(DeviceSamples.Attachment(), default);
        Assert.That(await _device.ConnectAsync(default), Is.EqualTo(DeviceSamples.Fingerprint()));
        await _store.LeaveAsync(session.Id, default);
        Assert.That(() => _device.ConnectAsync(default), Throws.TypeOf<DeviceUnreachableException>().With.Message.Contains("it was last heard of at 20"));
    }

    [Test]
    public async Task MeasureAsync_AnotherMachineTakesTheName_IsNotMixedIn()
    {
        await _store.AttachAsync(DeviceSamples.Attachment(), default);
        IAsyncEnumerator<Measurement> measured = _device.MeasureAsync([Network], new MeasurementOptions(), default).GetAsyncEnumerator();
        Task<bool> next = measured.MoveNextAsync().AsTask();
        while ((await _store.ListAsync(default)).Single().QueueLength == 0 && !next.IsCompleted)
        {
            await _store.WaitAsync(TimeSpan.FromMilliseconds(10), default);
        }

        await _store.AttachAsync(DeviceSamples.Attachment(startedAfterSeconds: 1, processor: "Cortex-A76"), default);
        Assert.That(() => next, Throws.TypeOf<DeviceUnreachableException>().With.Message.Contains("another device is attached under its name now: Cortex-A76"));
        await measured.DisposeAsync();
    }

    [Test]
    public async Task MeasureAsync_AgentThatKeepsFailing_SaysWhatItSaid()
    {
        DeviceSession session = await _store.AttachAsync(DeviceSamples.Attachment(), default);
        Task<List<Measurement>> measuring = _device.MeasureAsync([Network], new MeasurementOptions(), default).ToListAsync().AsTask();
        for (int failures = 0; failures < 3 && !measuring.IsCompleted;)
        {
            if (await _store.LeaseAsync(session.Id, default) is DeviceLease lease)
            {
                await _store.FailAsync(session.Id, lease.Id, new DeviceFault(DeviceFaultKind.Failure, "out of memory", null), default);
                failures++;
            }
            else
            {
                await _store.WaitAsync(TimeSpan.FromMilliseconds(10), default);
            }
        }

        Assert.That(() => measuring, Throws.TypeOf<DeviceUnreachableException>().With.Message.EndsWith("it failed 3 times in a row without measuring anything, the last time: out of memory"));
    }

    [Test]
    public void Create_AgentWithoutOrWithABadName_IsRefused()
    {
        DeviceRegistry registry = new(TimeProvider.System, openStore: _ => Task.FromResult(_store));
        Assert.That(registry.Forms, Does.Contain("agent:NAME"));
        Assert.That(() => registry.Create("agent"), Throws.TypeOf<UsageException>());
        Assert.That(() => registry.Create("agent:../x"), Throws.TypeOf<UsageException>());
        Assert.That(registry.Create("agent:pi").Name, Is.EqualTo("agent:pi"));
        Assert.That(new DeviceRegistry(TimeProvider.System).Forms, Does.Not.Contain("agent:NAME"));
    }
}
