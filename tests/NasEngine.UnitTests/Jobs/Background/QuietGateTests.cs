using NasEngine.Jobs.Background;

namespace NasEngine.UnitTests.Jobs.Background;

internal sealed class QuietGateTests
{
    [Test]
    public async Task EnterAsync_Alone_WaitsForOthersAndHoldsUpThoseWhoComeLater()
    {
        using QuietGate gate = new();
        IDisposable first = await gate.EnterAsync(alone: false, default), second = await gate.EnterAsync(alone: false, default);
        Task<IDisposable> alone = gate.EnterAsync(alone: true, default), later = gate.EnterAsync(alone: false, default);
        first.Dispose();
        Assert.That((alone.IsCompleted, later.IsCompleted), Is.EqualTo((false, false)));
        second.Dispose();
        using (await alone)
        {
            Assert.That(later.IsCompleted, Is.False);
        }

        (await later).Dispose();
    }

    [Test]
    public async Task EnterAsync_WaitingCancelled_LetsTheOthersGoOn()
    {
        using QuietGate gate = new();
        using CancellationTokenSource stop = new();
        IDisposable first = await gate.EnterAsync(alone: false, default);
        Task<IDisposable> alone = gate.EnterAsync(alone: true, stop.Token);
        await stop.CancelAsync();
        Assert.That(async () => await alone, Throws.InstanceOf<OperationCanceledException>());
        (await gate.EnterAsync(alone: false, default)).Dispose();
        first.Dispose();
        (await gate.EnterAsync(alone: true, default)).Dispose();
    }
}
