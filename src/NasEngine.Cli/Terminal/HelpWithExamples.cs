using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace NasEngine.Cli.Terminal;

/// <summary>Prints the usual help and, below it, the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction help, TextWriter output) : SynchronousCommandLineAction
{
    private static readonly ConditionalWeakTable<Command, string[]> Examples = [];

    /// <summary>Says how a command is used.</summary>
    /// <returns>The command.</returns>
    public static Command Add(Command command, params string[] examples)
    {
        Examples.AddOrUpdate(command, examples);
        return command;
    }

    // Whoever asks for help has not given what is required.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        ArgumentNullException.ThrowIfNull(parseResult);
        int result = help.Invoke(parseResult);
        string[] lines = parseResult.CommandResult.Command is RootCommand
            ? ["nas quickstart", "nas run experiment.json", "nas front latest --json", "nas export latest --pick fastest --out small.onnx"]
            : Examples.TryGetValue(parseResult.CommandResult.Command, out string[]? known) ? known : [];
        if (lines.Length > 0)
        {
            output.WriteLine("Examples:");
            foreach (string line in lines)
            {
                output.WriteLine($"  {line}");
            }

            output.WriteLine();
        }

        return result;
    }
}
