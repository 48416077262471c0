using System.CommandLine;
using NasEngine.Cli.Terminal;
using NasEngine.Core.Errors;

namespace NasEngine.Cli.Commands;

/// <summary>Commands that the launcher of a source tree carries out itself, since they must work before anything is built. Here for their help.</summary>
internal static class LauncherCommands
{
    public static Command Bench() => Create("bench", "Run a benchmark, side by side with its peer; without a name, list them.", "nas bench overhead", "nas bench train-step");

    public static Command Doctor() => Create("doctor", "Say what is found on this machine, which version, and what is missing.", "nas doctor");

    public static Command Test() => Create("test", "Build and run all tests.", "nas test", "nas test --unit");

    private static Command Create(string name, string description, params string[] examples)
    {
        Argument<string[]> rest = new("ARGUMENTS") { Arity = ArgumentArity.ZeroOrMore, Hidden = true };
        Command command = new(name, description) { rest };
        command.SetAction(int (_) => throw new UsageException($"'{name}' is part of the launcher: start it as ./nas {name} in the project's folder."));
        return HelpWithExamples.Add(command, examples);
    }
}
