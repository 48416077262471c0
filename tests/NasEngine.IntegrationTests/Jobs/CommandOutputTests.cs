using System.CommandLine;
using System.Text;
using System.Text.Json;
using NasEngine.Cli;
using NasEngine.Testing;
using NasEngine.Testing.Jobs;

namespace NasEngine.IntegrationTests.Jobs;

internal sealed class CommandOutputTests
{
    [Test]
    public async Task Help_EveryCommand_IsAsApprovedAndShowsAnExample()
    {
        NasProcess place = SmallRun.Place("help");
        StringBuilder all = new();
        foreach (string[] path in Paths(NasCommandLine.Create(TextWriter.Null, TextWriter.Null), []))
        {
            NasOutcome help = await place.RunAsync([.. path, "--help"]);
            Assert.That(help.ExitCode, Is.Zero, help.ToString());
            Assert.That(help.Error, Is.Empty);
            Assert.That(help.Output, Does.Match(@"Examples:\n  nas "), string.Join(' ', path));
            all.Append("$ nas ").AppendJoin(' ', path).Append(path.Length > 0 ? " " : string.Empty).Append("--help\n").Append(help.Output.TrimEnd()).Append("\n\n");
        }

        Approval.Verify(all.ToString());
    }

    [Test]
    public async Task Json_EveryCommandThatHasIt_PrintsOneDocumentAndNothingElse()
    {
        await SmallRun.RequireUninterruptedAsync();
        string model = Path.Combine(SmallRun.Experiment.Folder, "exported.onnx");
        string[][] commands =
        [
            ["run", SmallRun.Experiment.File, "--json"], ["front", "small", "--json"], ["runs", "list", "--json"], ["runs", "show", "small"],
            ["space", "show", SmallRun.Experiment.Space, "--json"], ["data", "list", "--json"], ["export", "small", "--pick", "fastest", "--out", model, "--images", "8", "--json"],
        ];
        foreach (string[] command in commands)
        {
            NasOutcome outcome = await SmallRun.Uninterrupted.RunAsync(command);
            Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
            Assert.That(() => JsonDocument.Parse(outcome.Output), Throws.Nothing, string.Join(' ', command));
        }

        Assert.That(new FileInfo(model).Length, Is.GreaterThan(1000));
    }

    [Test]
    public async Task FrontJson_FinishedRun_HasEveryFieldOfEveryNetwork()
    {
        await SmallRun.RequireUninterruptedAsync();
        NasOutcome outcome = await SmallRun.Uninterrupted.RunAsync("front", "small", "--json");
        JsonElement[] front = [.. JsonDocument.Parse(outcome.Output).RootElement.EnumerateArray()];
        Assert.That(front, Has.Length.GreaterThan(1));
        foreach (JsonElement member in front)
        {
            Assert.That(member.GetProperty("genotype").GetString(), Does.StartWith("resolution="));
            Assert.That(member.GetProperty("accuracy").GetDouble(), Is.InRange(0.0, 1.0));
            Assert.That(member.GetProperty("latencyMs").GetProperty("predicted").GetDouble(), Is.InRange(0.001, 0.1));
            Assert.That(member.GetProperty("latencyMs").GetProperty("measured").GetDouble(), Is.InRange(0.001, 0.03), "the limit holds for what was measured");
            Assert.That(member.GetProperty("parameters").GetInt64(), Is.Positive);
            Assert.That(member.GetProperty("macs").GetInt64(), Is.Positive);
        }

        string csv = (await SmallRun.Uninterrupted.RunAsync("front", "small", "--csv")).Output;
        Assert.That(csv, Is.EqualTo(await File.ReadAllTextAsync(SmallRun.Uninterrupted.Files("front.csv").Single())));
    }

    [Test]
    public async Task Run_Progress_IsOnStandardErrorAlone()
    {
        NasOutcome outcome = await SmallRun.RequireUninterruptedAsync();
        Assert.That(outcome.Error, Does.Contain("train supernet: 60/60 steps").And.Contain("search: 60/60 networks"));
        Assert.That(outcome.Output, Does.StartWith("# ").And.Contain("exported: ").And.Not.Contain("train supernet"));
    }

    // A run's id says which experiment the values add up to.
    [Test]
    public async Task Seed_FlagEnvironmentAndFile_CountInThisOrder()
    {
        string noSeed = Path.Combine(SmallRun.Experiment.Folder, "no-seed.json");
        await File.WriteAllTextAsync(noSeed, (await File.ReadAllTextAsync(SmallRun.Experiment.File)).Replace("\"seed\": 1,", string.Empty, StringComparison.Ordinal));
        string two = Path.Combine(SmallRun.Experiment.Folder, "two.json");
        await File.WriteAllTextAsync(two, (await File.ReadAllTextAsync(SmallRun.Experiment.File)).Replace("\"seed\": 1,", "\"seed\": 2,", StringComparison.Ordinal));

        string byDefault = await IdAsync(noSeed, null), byFile = await IdAsync(two, null), byEnvironment = await IdAsync(two, "3"), byFlag = await IdAsync(two, "3", "--seed", "4");
        Assert.That(byDefault, Is.EqualTo(await IdAsync(SmallRun.Experiment.File, null)), "1 is the default");
        Assert.That(byFile, Is.EqualTo(await IdAsync(noSeed, null, "--set", "seed=2")));
        Assert.That(byEnvironment, Is.EqualTo(await IdAsync(two, null, "--seed", "3")));
        Assert.That(byFlag, Is.EqualTo(await IdAsync(two, null, "--seed", "4")));
        Assert.That(new[] { byDefault, byFile, byEnvironment, byFlag }, Is.Unique);
    }

    private static async Task<string> IdAsync(string file, string? seed, params string[] more)
    {
        NasProcess place = SmallRun.Place("precedence");
        place.Environs["NAS_SEED"] = seed ?? string.Empty;
        NasOutcome outcome = await place.RunAsync(["run", file, "--check", "--set", "name=same", .. more]);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        return outcome.Output.Split(':')[0];
    }

    private static IEnumerable<string[]> Paths(Command command, string[] path) =>
        command.Subcommands.OrderBy(sub => sub.Name, StringComparer.Ordinal).SelectMany(sub => Paths(sub, [.. path, sub.Name])).Prepend(path);
}
