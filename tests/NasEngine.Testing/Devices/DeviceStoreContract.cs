using System.Collections.Concurrent;
using System.Text;
using NasEngine.Core.Devices;
using NasEngine.Core.Devices.Remote;
using NasEngine.Core.Errors;
using static NasEngine.Testing.Devices.DeviceSamples;

namespace NasEngine.Testing.Devices;

/// <summary>What every store of devices must do: who gets work, who loses it, whose result counts. Leases last 15 s of a clock that the test moves.</summary>
public abstract class DeviceStoreContract
{
    protected ManualTime Time { get; private set; } = null!;

    protected IDeviceStore Store { get; private set; } = null!;

    [SetUp]
    public async Task OpenStore()
    {
        Time = new ManualTime();
        Store = await OpenEmptyStoreAsync(Time);
    }

    [TearDown]
    public async Task CloseStore() => await Store.DisposeAsync();

    [Test]
    public async Task AttachAsync_NewName_IsListedWithWhatItIs()
    {
        await AttachAsync();
        AttachedDevice device = (await Store.ListAsync(default)).Single();
        Assert.That(device.Name, Is.EqualTo("pi"));
        Assert.That(device.Form, Is.EqualTo("agent:pi"));
        Assert.That(device.Fingerprint, Is.EqualTo(Fingerprint()));
        Assert.That(device.Activity, Is.EqualTo(DeviceActivity.Online));
        Assert.That(device.AttachedAt, Is.EqualTo(Time.GetUtcNow()));
        Assert.That(device.DriftPercent, Is.NaN);
    }

    [Test]
    public async Task AttachAsync_NameOfAnotherThatIsThere_IsRefusedUntilThatIsAway()
    {
        await AttachAsync();
        Time.Pass(20);
        Assert.That(
            () => Store.AttachAsync(Attachment(instance: "two"), default),
            Throws.TypeOf<DeviceNameTakenException>().With.Message.StartsWith("Another device is attached as 'pi': Cortex-A72, 4 cores"));
        Time.Pass(11);
        Assert.That((await Store.AttachAsync(Attachment(instance: "two"), default)).Name, Is.EqualTo("pi"));
    }

    [Test]
    public async Task AttachAsync_LaterAgentOfTheSameInstance_TakesTheWorkAndTheEarlierEnds()
    {
        string earlier = await AttachAsync();
        await Store.AddAsync(Batch("a"), default);
        await Store.LeaseAsync(earlier, default);
        DeviceSession later = await Store.AttachAsync(Attachment(startedAfterSeconds: 1), default);
        Assert.That((await Store.LeaseAsync(later.Id, default))!.Items.Single().Key, Is.EqualTo("a"));
        Assert.That(() => Store.LeaseAsync(earlier, default), Throws.TypeOf<DeviceSessionEndedException>());
        Assert.That(() => Store.AttachAsync(Attachment(), default), Throws.TypeOf<DeviceSessionEndedException>());
    }

    [TestCase("")]
    [TestCase("../etc")]
    [TestCase("a b")]
    [TestCase("-a")]
    [TestCase("ä")]
    public void AttachAsync_NameWithOtherCharacters_IsRefused(string name) =>
        Assert.That(() => Store.AttachAsync(Attachment(name), default), Throws.TypeOf<UsageException>());

    [Test]
    public async Task LeaseAsync_TwoBatches_GivesTheOlderFirst()
    {
        string session = await AttachAsync();
        Assert.That(await Store.LeaseAsync(session, default), Is.Null);
        string first = await Store.AddAsync(Batch("a", "b"), default);
        await Store.AddAsync(Batch("c"), default);
        DeviceLease lease = (await Store.LeaseAsync(session, default))!;
        Assert.That(lease.Items.Select(item => item.Key), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(lease.Options, Is.EqualTo("""{"minBlocks":6}"""));
        Assert.That(lease.Items[0].InputShape, Is.EqualTo(new[] { 1, 3, 8, 8 }));
        Assert.That((await Store.ListAsync(default)).Single() is { Activity: DeviceActivity.Busy, QueueLength: 3 }, Is.True);
        await FinishAsync(session, lease);
        Assert.That((await Store.ReadAsync(first, 0, default)).Remaining, Is.Zero);
        Assert.That((await Store.LeaseAsync(session, default))!.Items.Single().Key, Is.EqualTo("c"));
    }

    [Test]
    public async Task LeaseAsync_AfterTheLeaseRanOut_GivesWhatHasNoResult()
    {
        string session = await AttachAsync();
        string batch = await Store.AddAsync(Batch("a", "b", "c"), default);
        DeviceLease lost = (await Store.LeaseAsync(session, default))!;
        await Store.StoreAsync(session, lost.Id, "b", Measured("b"), default);
        await StayAwayAsync(batch);
        string next = (await Store.AttachAsync(Attachment(instance: "two"), default)).Id;
        Assert.That((await Store.LeaseAsync(next, default))!.Items.Select(item => item.Key), Is.EqualTo(new[] { "a", "c" }));
    }

    [Test]
    public async Task ExpireAsync_DeviceThatIsNotHeardOf_LosesItsLeaseOnce()
    {
        string session = await AttachAsync();
        await Store.AddAsync(Batch("a"), default);
        await Store.LeaseAsync(session, default);
        Assert.That(await Store.ExpireAsync(default), Is.Zero);
        Time.Pass(3600);
        Assert.That(await Store.ExpireAsync(default), Is.EqualTo(1));
        Assert.That(await Store.ExpireAsync(default), Is.Zero);
    }

    [Test]
    public async Task StoreAsync_LeaseThatRanOut_IsTakenOnceWhoeverIsFirst()
    {
        string session = await AttachAsync();
        string batch = await Store.AddAsync(Batch("a", "b"), default);
        DeviceLease lost = (await Store.LeaseAsync(session, default))!;
        await StayAwayAsync(batch);
        string next = (await Store.AttachAsync(Attachment(instance: "two"), default)).Id;
        DeviceLease lease = (await Store.LeaseAsync(next, default))!;
        Assert.That(await Store.StoreAsync(session, lost.Id, "a", Measured("a", 1), default), Is.True);
        Assert.That(await Store.StoreAsync(next, lease.Id, "a", Measured("a", 2), default), Is.False);
        Assert.That(await Store.StoreAsync(next, lease.Id, "b", Measured("b", 2), default), Is.True);
        Assert.That(await Store.StoreAsync(session, lost.Id, "b", Measured("b", 1), default), Is.False);
        DeviceBatchProgress progress = await Store.ReadAsync(batch, 0, default);
        Assert.That(progress.Results.Select(result => (result.Key, result.Lease, result.Sequence)), Is.EqualTo(new[] { ("a", lost.Id, 0), ("b", lease.Id, 1) }));
        Assert.That(progress.Results[0].Document, Is.EqualTo(Measured("a", 1)));
    }

    [Test]
    public async Task StoreAsync_LeaseOfAnother_IsRefused()
    {
        string session = await AttachAsync();
        await Store.AddAsync(Batch("a"), default);
        DeviceLease lease = (await Store.LeaseAsync(session, default))!;
        string other = (await Store.AttachAsync(Attachment("laptop", "two"), default)).Id;
        Assert.That(await Store.StoreAsync(other, lease.Id, "a", Measured("a"), default), Is.False);
        Assert.That(() => Store.StoreAsync("nobody", lease.Id, "a", Measured("a"), default), Throws.TypeOf<DeviceSessionEndedException>());
    }

    [Test]
    public async Task HoldAsync_LeaseThatRanOutWhileNobodyTookTheWork_LivesAgain()
    {
        string session = await AttachAsync();
        string batch = await Store.AddAsync(Batch("a", "b"), default);
        DeviceLease lease = (await Store.LeaseAsync(session, default))!;
        for (int i = 0; i < 4; i++)
        {
            Time.Pass(10);
            await Store.ReadAsync(batch, 0, default);
            Assert.That(await Store.HoldAsync(session, lease.Id, default), Is.EqualTo(DeviceHeartbeat.Held));
        }

        await StayAwayAsync(batch);
        Assert.That(await Store.HoldAsync(session, lease.Id, default), Is.EqualTo(DeviceHeartbeat.Held));
        await FinishAsync(session, lease);
        Assert.That((await Store.ReadAsync(batch, 0, default)).Results, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task CloseAsync_UnderALease_CancelsItAndKeepsNoContent()
    {
        string session = await AttachAsync();
        string batch = await Store.AddAsync(Batch("a"), default);
        DeviceLease lease = (await Store.LeaseAsync(session, default))!;
        await Store.CloseAsync(batch, 0, default);
        Assert.That(await Store.HoldAsync(session, lease.Id, default), Is.EqualTo(DeviceHeartbeat.Cancelled));
        await Store.FailAsync(session, lease.Id, new DeviceFault(DeviceFaultKind.Cancelled, "stopped", null), default);
        Assert.That(await Store.FindContentAsync(session, lease.Items[0].Sha256, default), Is.Null);
        Assert.That(await Store.LeaseAsync(session, default), Is.Null);
        Assert.That(() => Store.ReadAsync(batch, 0, default), Throws.TypeOf<WorkFailedException>());
    }

    [Test]
    public async Task FindContentAsync_HeldWork_GivesItsFilesAndNoOthers()
    {
        string session = await AttachAsync();
        await Store.AddAsync(Batch("a"), default);
        await Store.AddAsync(Batch("b"), default);
        DeviceLease lease = (await Store.LeaseAsync(session, default))!;
        string other = (await Store.AttachAsync(Attachment("laptop", "two"), default)).Id;
        Assert.That(Encoding.UTF8.GetString((await Store.FindContentAsync(session, lease.Items[0].Sha256, default))!), Is.EqualTo("network a"));
        Assert.That(await Store.FindContentAsync(other, lease.Items[0].Sha256, default), Is.Null);
        await FinishAsync(session, lease);
        Assert.That(await Store.FindContentAsync(session, lease.Items[0].Sha256, default), Is.Null);
        Assert.That(() => Store.FindContentAsync("nobody", lease.Items[0].Sha256, default), Throws.TypeOf<DeviceSessionEndedException>());
    }

    [Test]
    public async Task FailAsync_NetworkRefused_IsRecordedAndTheOthersGoOn()
    {
        string session = await AttachAsync();
        string batch = await Store.AddAsync(Batch("a", "b"), default);
        DeviceLease lease = (await Store.LeaseAsync(session, default))!;
        await Store.FailAsync(session, lease.Id, new DeviceFault(DeviceFaultKind.Model, "no such operation", "a"), default);
        DeviceBatchProgress progress = await Store.ReadAsync(batch, 0, default);
        Assert.That(progress.Refusal, Is.EqualTo(new DeviceFault(DeviceFaultKind.Model, "no such operation", "a")));
        Assert.That(progress.Failure, Is.Null);
        Assert.That((await Store.LeaseAsync(session, default))!.Items.Single().Key, Is.EqualTo("b"));
    }

    [Test]
    public async Task FailAsync_ThreeTimesWithoutAResult_GivesTheBatchUp()
    {
        string session = await AttachAsync();
        string batch = await Store.AddAsync(Batch("a", "b"), default);
        await FailAsync(session, DeviceFaultKind.Failure);
        await FailAsync(session, DeviceFaultKind.Failure, measured: "a");
        await FailAsync(session, DeviceFaultKind.Failure);
        await FailAsync(session, DeviceFaultKind.Cancelled);
        Assert.That((await Store.ReadAsync(batch, 0, default)).Failure, Is.Null);
        await FailAsync(session, DeviceFaultKind.Failure);
        Assert.That((await Store.ReadAsync(batch, 0, default)).Failure, Is.EqualTo("it failed 3 times in a row without measuring anything, the last time: out of memory"));
        Assert.That(await Store.LeaseAsync(session, default), Is.Null);
    }

    [Test]
    public async Task FinishAsync_WithoutAResult_CountsAsAFailure()
    {
        string session = await AttachAsync();
        string batch = await Store.AddAsync(Batch("a"), default);
        for (int i = 0; i < 3; i++)
        {
            await Store.FinishAsync(session, (await Store.LeaseAsync(session, default))!.Id, "{}", default);
        }

        Assert.That((await Store.ReadAsync(batch, 0, default)).Failure, Does.EndWith("its agent ended a batch without 1 of its results."));
    }

    [Test]
    public async Task LeaseAsync_AgentThatAlwaysDisappears_GivesTheBatchUpAfterTwentyTimes()
    {
        string batch = "";
        for (int i = 0; i <= 20; i++)
        {
            string session = (await Store.AttachAsync(Attachment(startedAfterSeconds: i), default)).Id;
            batch = i == 0 ? await Store.AddAsync(Batch("a"), default) : batch;
            Assert.That(await Store.LeaseAsync(session, default), i < 20 ? Is.Not.Null : Is.Null);
        }

        Assert.That((await Store.ReadAsync(batch, 0, default)).Failure, Is.EqualTo("it disappeared 20 times in a row without measuring anything."));
    }

    [Test]
    public async Task LeaveAsync_UnderALease_GivesTheWorkBackAtOnce()
    {
        string session = await AttachAsync();
        await Store.AddAsync(Batch("a"), default);
        await Store.LeaseAsync(session, default);
        await Store.LeaveAsync(session, default);
        Assert.That((await Store.ListAsync(default)).Single().Activity, Is.EqualTo(DeviceActivity.Offline));
        string other = (await Store.AttachAsync(Attachment(instance: "two"), default)).Id;
        Assert.That((await Store.LeaseAsync(other, default))!.Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task LeaseAsync_AnotherMachineUnderTheName_IsNotGivenItsWork()
    {
        string batch = "";
        await AttachAsync();
        batch = await Store.AddAsync(Batch("a"), default);
        string other = (await Store.AttachAsync(Attachment(startedAfterSeconds: 1, processor: "Cortex-A76"), default)).Id;
        Assert.That(await Store.LeaseAsync(other, default), Is.Null);
        Assert.That((await Store.ReadAsync(batch, 0, default)).Device!.Fingerprint.Processor, Is.EqualTo("Cortex-A76"));
    }

    [Test]
    public async Task ReadAsync_NobodyForTenSeconds_FreesTheDeviceAndTheNextWhoAsksGetsTheResults()
    {
        string session = await AttachAsync();
        string batch = await Store.AddAsync(Batch("a", "b", "c", "d"), default);
        DeviceLease lease = (await Store.LeaseAsync(session, default))!;
        await Store.StoreAsync(session, lease.Id, "a", Measured("a", 1), default);
        await Store.StoreAsync(session, lease.Id, "b", Measured("b", 2), default);
        Time.Pass(3);
        await Store.ReadAsync(batch, 1, default);
        Time.Pass(11);
        Assert.That(await Store.HoldAsync(session, lease.Id, default), Is.EqualTo(DeviceHeartbeat.Cancelled));
        await Store.StoreAsync(session, lease.Id, "c", Measured("c", 3), default);
        string other = await Store.AddAsync(Batch("a", "b", "c") with { Options = "{}" }, default);
        string again = await Store.AddAsync(Batch("a", "b", "c"), default);
        Assert.That((await Store.ReadAsync(other, 0, default)).Results, Is.Empty);
        DeviceBatchProgress progress = await Store.ReadAsync(again, 0, default);
        Assert.That(progress.Results.Select(result => (result.Key, result.Sequence, result.Document)), Is.EqualTo(new[] { ("b", 0, Measured("b", 2)), ("c", 1, Measured("c", 3)) }));
        Assert.That(progress.Remaining, Is.EqualTo(1));
    }

    [Test]
    public async Task RecordAsync_ManyMeasurements_KeepsTheLastAndSaysTheDrift()
    {
        await AttachAsync();
        for (int i = 0; i < 230; i++)
        {
            await Store.RecordAsync("pi", Measurement($"n{i}", milliseconds: 1 + i, canaryMicroseconds: i == 229 ? 22 : 20), default);
        }

        IReadOnlyList<DeviceMeasurement> last = await Store.ListMeasurementsAsync("pi", 500, default);
        Assert.That(last, Has.Count.EqualTo(200));
        Assert.That(last[0].Key, Is.EqualTo("n229"));
        Assert.That(last[0].HalfWidthPercent, Is.EqualTo(1).Within(1e-9));
        Assert.That((await Store.ListAsync(default)).Single().DriftPercent, Is.EqualTo(10).Within(1e-9));
        await Store.AttachAsync(Attachment(startedAfterSeconds: 1, processor: "Cortex-A76"), default);
        Assert.That((await Store.ListAsync(default)).Single().DriftPercent, Is.NaN);
    }

    [Test]
    public async Task RemoveAsync_WithWork_ForgetsItAndSendsTheAgentAway()
    {
        string session = await AttachAsync();
        string batch = await Store.AddAsync(Batch("a"), default);
        await Store.LeaseAsync(session, default);
        Assert.That(await Store.RemoveAsync("pi", default), Is.True);
        Assert.That(await Store.RemoveAsync("pi", default), Is.False);
        Assert.That(await Store.ListAsync(default), Is.Empty);
        Assert.That(() => Store.LeaseAsync(session, default), Throws.TypeOf<DeviceSessionEndedException>());
        Assert.That(() => Store.AttachAsync(Attachment(), default), Throws.TypeOf<DeviceSessionEndedException>());
        Assert.That(() => Store.ReadAsync(batch, 0, default), Throws.TypeOf<WorkFailedException>());
        Assert.That(() => Store.AddAsync(Batch("a") with { Device = "laptop" }, default), Throws.TypeOf<DeviceUnreachableException>());
        Assert.That((await Store.AttachAsync(Attachment(startedAfterSeconds: 1), default)).Name, Is.EqualTo("pi"));
    }

    [Test]
    public async Task NoteAsync_DeviceOfAWorker_IsListedWhileItIsHeardOf()
    {
        DeviceAttachment device = Attachment("build-1") with { Kind = DeviceKind.Local };
        await Store.NoteAsync(device, "local", default);
        Time.Pass(25);
        await Store.NoteAsync(device, "local", default);
        Time.Pass(25);
        Assert.That((await Store.ListAsync(default)).Single() is { Form: "local", Kind: DeviceKind.Local, Activity: DeviceActivity.Online }, Is.True);
        Time.Pass(6);
        Assert.That((await Store.ListAsync(default)).Single().Activity, Is.EqualTo(DeviceActivity.Offline));
    }

    [Test]
    public async Task StoreAsync_ManyAtOnceFromLeasesOldAndNew_GivesEachNetworkOneResult()
    {
        string[] keys = Keys(24);
        string session = await AttachAsync();
        string batch = await Store.AddAsync(Batch(keys), default);
        DeviceLease lost = (await Store.LeaseAsync(session, default))!;
        await StayAwayAsync(batch);
        string next = (await Store.AttachAsync(Attachment(instance: "two"), default)).Id;
        DeviceLease lease = (await Store.LeaseAsync(next, default))!;
        ConcurrentBag<string> taken = [];
        await Parallel.ForEachAsync(keys.SelectMany(key => new[] { (session, lost.Id, key), (next, lease.Id, key), (next, lease.Id, key) }), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (send, _) =>
        {
            if (await Store.StoreAsync(send.Item1, send.Id, send.key, Measured(send.key), default))
            {
                taken.Add(send.key);
            }
        });
        Assert.That(taken, Is.EquivalentTo(keys));
        DeviceBatchProgress progress = await Store.ReadAsync(batch, 0, default);
        Assert.That(progress.Results.Select(result => result.Key), Is.EquivalentTo(keys));
        Assert.That(progress.Results.Select(result => result.Sequence), Is.EqualTo(Enumerable.Range(0, keys.Length)));
    }

    protected abstract Task<IDeviceStore> OpenEmptyStoreAsync(TimeProvider time);

    private async Task<string> AttachAsync() => (await Store.AttachAsync(Attachment(), default)).Id;

    private async Task FailAsync(string session, DeviceFaultKind kind, string? measured = null)
    {
        DeviceLease lease = (await Store.LeaseAsync(session, default))!;
        if (measured is not null)
        {
            await Store.StoreAsync(session, lease.Id, measured, Measured(measured), default);
        }

        await Store.FailAsync(session, lease.Id, new DeviceFault(kind, "out of memory", null), default);
    }

    private async Task FinishAsync(string session, DeviceLease lease)
    {
        foreach (DeviceLeaseItem item in lease.Items)
        {
            await Store.StoreAsync(session, lease.Id, item.Key, Measured(item.Key), default);
        }

        await Store.FinishAsync(session, lease.Id, """{"repeatedBlocks":0}""", default);
    }

    /// <summary>Lets the agent be silent for longer than two leases, while somebody waits for the batch.</summary>
    private async Task StayAwayAsync(string batch)
    {
        for (int i = 0; i < 7; i++)
        {
            Time.Pass(5);
            await Store.ReadAsync(batch, 0, default);
        }
    }
}
