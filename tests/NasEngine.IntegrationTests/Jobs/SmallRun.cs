using NasEngine.Testing.Jobs;

namespace NasEngine.IntegrationTests.Jobs;

/// <summary>What the tests of whole runs share: the small experiment, and one run of it that nothing interrupted.</summary>
[SetUpFixture]
internal sealed class SmallRun
{
    private static readonly Lazy<Task<NasOutcome>> FirstRun = new(CarryOutAsync);
    private static DirectoryInfo? _folder;

    /// <summary>Gets the experiment.</summary>
    public static SmallExperiment Experiment { get; private set; } = null!;

    /// <summary>Gets the workplace of the uninterrupted run, once <see cref="RequireUninterruptedAsync"/> was awaited.</summary>
    public static NasProcess Uninterrupted { get; private set; } = null!;

    /// <summary>Gets how long the uninterrupted run took.</summary>
    public static TimeSpan Duration { get; private set; }

    [OneTimeSetUp]
    public void Create()
    {
        _folder = Directory.CreateTempSubdirectory("nas-jobs-");
        Experiment = new SmallExperiment(Path.Combine(_folder.FullName, "experiment"));
        Uninterrupted = Place("uninterrupted");
    }

    [OneTimeTearDown]
    public void Remove() => _folder!.Delete(recursive: true);

    /// <summary>Gives a workplace of its own to a test.</summary>
    public static NasProcess Place(string name) => new(Path.Combine(_folder!.FullName, name));

    /// <summary>Ignores the test where a whole run can't be carried out.</summary>
    public static void RequireModules()
    {
        if (NasProcess.Modules is null)
        {
            Assert.Ignore("onnxruntime-node and echarts are not installed: run npm ci --ignore-scripts in src/NasEngine.DeviceAgent, or name their folder in NAS_AGENT_MODULES.");
        }
    }

    /// <summary>Carries the experiment out once for all tests.</summary>
    public static async Task<NasOutcome> RequireUninterruptedAsync()
    {
        RequireModules();
        NasOutcome outcome = await FirstRun.Value;
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        return outcome;
    }

    private static async Task<NasOutcome> CarryOutAsync()
    {
        long started = TimeProvider.System.GetTimestamp();
        NasOutcome outcome = await Uninterrupted.RunAsync("run", Experiment.File);
        Duration = TimeProvider.System.GetElapsedTime(started);
        return outcome;
    }
}
