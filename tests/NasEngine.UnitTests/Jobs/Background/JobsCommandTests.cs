using NasEngine.Cli;
using NasEngine.Testing;
using NasEngine.Testing.Jobs;

namespace NasEngine.UnitTests.Jobs.Background;

internal sealed class JobsCommandTests
{
    [Test]
    public async Task PauseThenResume_QueueOfAStore_IsSaidAndListed()
    {
        using TemporaryFolder folder = new();
        string store = folder.PathOf("nas.db");
        Assert.That((await NasOutcome.OfAsync("jobs", "pause", "device:local:threads=2", "--store", store)).Output.TrimEnd(), Is.EqualTo("paused device:local: 0 waiting, 0 under way"));
        Assert.That((await NasOutcome.OfAsync("jobs", "queues", "--store", store)).Output, Does.Match(@"device:local\s+paused\s+0"));
        Assert.That((await NasOutcome.OfAsync("jobs", "resume", "device:local", "--store", store)).Output, Does.StartWith("resumed device:local"));
        Assert.That((await NasOutcome.OfAsync("jobs", "queues", "--json", "--store", store)).Output.TrimEnd(), Is.EqualTo("[]"));
    }

    [Test]
    public async Task Pause_UnknownQueue_NamesTheKnownOnes()
    {
        using TemporaryFolder folder = new();
        (int code, _, string error) = await NasOutcome.OfAsync("jobs", "pause", "trian", "--store", folder.PathOf("nas.db"));
        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(error, Does.Contain("There is no queue 'trian'. Known: device:NAME, evaluate, export, plan, search, train, train.cuda."));
    }
}
