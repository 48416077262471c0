using NasEngine.Testing.Jobs;

namespace NasEngine.IntegrationTests.Jobs;

/// <summary>What a user does wrong, and what the machine lacks: the documented exit code and a message, never a stack trace.</summary>
[Parallelizable]
internal sealed class CommandErrorTests
{
    private const string Experiment = "EXPERIMENT";

    [TestCase("There is no run yet: start one with 'nas quickstart' or 'nas run'.", "front", "nobody")]
    [TestCase("There is no run yet: start one with 'nas quickstart' or 'nas run'.", "export", "nobody", "--out", "x.onnx")]
    [TestCase("There is no run yet: start one with 'nas quickstart' or 'nas run'.", "runs", "show", "nobody")]
    [TestCase("There is no run yet: start one with 'nas quickstart' or 'nas run'.", "runs", "delete", "nobody")]
    [TestCase("--nonsense", "run", Experiment, "--nonsense")]
    [TestCase("nonsense", "nonsense")]
    [TestCase("There is no file absent.json.", "run", "absent.json")]
    [TestCase("There is no file absent.json.", "space", "validate", "absent.json")]
    [TestCase("absent.json", "run", "--space", "absent.json")]
    [TestCase("Name either an experiment or, with --space, a search space.", "run")]
    [TestCase("There is no device 'toaster'. Known: agent:NAME, local[:threads=N], replay:FILE.", "profile", Experiment, "--device", "toaster")]
    [TestCase("There is no device 'toaster'. Known: agent:NAME, local[:threads=N], replay:FILE.", "device", "show", "toaster")]
    [TestCase("must be a whole number from 1 to 1024, got '0'", "device", "show", "local:threads=0")]
    [TestCase("absent.jsonl", "profile", Experiment, "--device", "replay:absent.jsonl")]
    [TestCase("--set takes PATH=VALUE", "run", Experiment, "--set", "steps")]
    [TestCase("'..' cannot be set", "run", Experiment, "--set", "..==1")]
    [TestCase("$.train.stepps: this key is not known. Did you mean 'steps'?", "run", Experiment, "--set", "train.stepps=5")]
    [TestCase("$.train.steps: a whole number from 1 to 100000000 is expected, not -5.", "run", Experiment, "--set", "train.steps=-5")]
    [TestCase("--max-latency takes a time such as '0.5 ms', not '5'.", "run", Experiment, "--max-latency", "5")]
    [TestCase("$.space: the path of a search space, or the space itself, is expected.", "run", Experiment, "--set", "space=")]
    [TestCase("is no path of a file", "run", "")]
    [TestCase("$.data.name: a text without NUL characters is expected.", "run", Experiment, "--set", "data={\"name\":\"./a\\u0000\"}")]
    [TestCase("$.name: 1 to 64 letters", "run", Experiment, "--set", "name=\"\\ud800\"")]
    [TestCase("'fast' is not known", "run", Experiment, "--set", "search.algorithm=fast")]
    [TestCase("Device 'cuda:99' is not here", "train", Experiment, "--train-on", "cuda:99")]
    [TestCase("$.train.device: cpu, cuda or cuda:N is expected, not 'tpu'.", "train", Experiment, "--train-on", "tpu")]
    [TestCase("A validation part of 4000 images cannot be held out", "train", Experiment, "--set", "data.validation=4000")]
    [TestCase("There is no data set and no folder './nowhere'", "data", "show", "./nowhere")]
    [TestCase("nowhere", "data", "get", "nowhere")]
    [TestCase("'test' is part of the launcher", "test")]
    public async Task Command_WrongUsageOrInput_Exits2WithOneLine(string message, params string[] arguments)
    {
        NasProcess place = SmallRun.Place("errors");
        NasOutcome outcome = await place.RunAsync([.. arguments.Select(argument => argument == Experiment ? SmallRun.Experiment.File : argument)]);
        string[] errors = [.. outcome.Error.Trim().Split('\n').Where(line => line.StartsWith("nas", StringComparison.Ordinal))];
        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Output, Is.Empty);
        Assert.That(errors, Has.Length.EqualTo(1), outcome.Error);
        Assert.That(errors[0], Does.Contain(message));
        Assert.That(outcome.Error, Does.Not.Contain("   at ").And.Not.Contain("Unhandled"));
    }

    [TestCase("front", "nobody")]
    [TestCase("export", "nobody", "--out", "x.onnx")]
    [TestCase("runs", "show", "nobody")]
    public async Task Command_UnknownRun_Exits2AndNamesTheNewest(params string[] arguments)
    {
        await SmallRun.RequireUninterruptedAsync();
        NasOutcome outcome = await SmallRun.Uninterrupted.RunAsync(arguments);
        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Error, Does.Match(@"There is no run 'nobody'\. The newest: small-[0-9a-f]{8}"));
    }

    [Test]
    public async Task Profile_RecordingLacksANetwork_Exits2AndNamesIt()
    {
        string recording = Path.Combine(SmallRun.Experiment.Folder, "few.jsonl");
        await File.WriteAllLinesAsync(recording, File.ReadLines(SmallRun.Experiment.Recording).Take(6));
        NasOutcome outcome = await SmallRun.Place("few").RunAsync("profile", SmallRun.Experiment.File, "--device", $"replay:{recording}");
        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Error, Does.Contain("few.jsonl has no measurement of network '").And.Contain("it holds 5 networks").And.Not.Contain("   at "));
    }

    [Test]
    public async Task Run_LimitThatNoNetworkKeeps_Exits3AndNamesTheFastest()
    {
        await SmallRun.RequireUninterruptedAsync();
        NasProcess place = SmallRun.Place("infeasible");
        place.Environs["NAS_HOME"] = SmallRun.Uninterrupted.Home;
        NasOutcome outcome = await place.RunAsync("run", SmallRun.Experiment.File, "--max-latency", "0.000001 ms");
        Assert.That(outcome.ExitCode, Is.EqualTo(3), outcome.ToString());
        Assert.That(outcome.Error, Does.Match(@"nas run: No architecture of space 'small' has latency.*: the best of \d+ examined reaches .* ms \(resolution=8 depth=1,1 .*\)\. Relax the limit"));
        Assert.That(outcome.Error, Does.Not.Contain("   at "));
        Assert.That((await place.RunAsync("runs", "list")).Output, Does.Contain("failed"));
    }

    [Test]
    public async Task Profile_NoNodeOnThisMachine_Exits4()
    {
        NasProcess place = SmallRun.Place("unreachable");
        place.Environs["NAS_NODE"] = "/nonexistent";
        NasOutcome outcome = await place.RunAsync("profile", SmallRun.Experiment.File, "--device", "local=local");
        Assert.That(outcome.ExitCode, Is.EqualTo(4), outcome.ToString());
        Assert.That(outcome.Error, Does.Contain("nas profile: ").And.Not.Contain("   at "));
    }

    [Test]
    public async Task Run_ResultsCannotBeWritten_FailsWithoutAStackTrace()
    {
        NasProcess place = SmallRun.Place("unwritable");
        Directory.CreateDirectory(place.Folder);
        await File.WriteAllTextAsync(place.Results, "a file where a folder should be");
        NasOutcome outcome = await place.RunAsync("run", SmallRun.Experiment.File);
        Assert.That(outcome.ExitCode, Is.EqualTo(1).Or.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Error, Does.Contain("nas run: ").And.Contain("results").And.Not.Contain("   at "));
    }
}
