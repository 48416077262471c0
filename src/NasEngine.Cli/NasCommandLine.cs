using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using NasEngine.Cli.Commands;
using NasEngine.Cli.Terminal;
using NasEngine.Core.Errors;

namespace NasEngine.Cli;

/// <summary>The command line: parses, calls, turns errors into one line and an exit code.</summary>
internal static class NasCommandLine
{
    /// <summary>Runs one command.</summary>
    /// <param name="args">The arguments without the program's name.</param>
    /// <param name="output">Receives data.</param>
    /// <param name="error">Receives progress and errors.</param>
    /// <returns>The exit code; see <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        using CancellationTokenSource stop = new();
        RootCommand root = Create(output, error);
        ParseResult parsed = root.Parse(args);
        string stopping = RemoteService.IsNamed(parsed) ? "no longer following; once more ends at once" : "stopping after the work in hand; once more ends at once";
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, stop, error, stopping));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, stop, error, stopping));
        string command = string.Join(' ', Names(parsed.CommandResult));
        try
        {
            if (parsed.Errors.Count > 0)
            {
                await error.WriteLineAsync($"{command}: {string.Join(' ', parsed.Errors.Select(problem => problem.Message))} See '{command} --help'.").ConfigureAwait(false);
                return ExitCode.BadInput;
            }

            if (parsed.CommandResult.Command is { Subcommands.Count: > 0 } group && parsed.Action is null)
            {
                return await root.Parse([.. Names(parsed.CommandResult).Skip(1), "--help"]).InvokeAsync(new InvocationConfiguration { Output = output }, stop.Token).ConfigureAwait(false);
            }

            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token).ConfigureAwait(false);
        }
        catch (LeftGoingException left)
        {
            await error.WriteLineAsync($"{command}: {left.Message}").ConfigureAwait(false);
            return ExitCode.Stopped;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await error.WriteLineAsync($"{command}: stopped. What was done is kept; the same command goes on from here.").ConfigureAwait(false);
            return ExitCode.Stopped;
        }
        catch (NasException problem)
        {
            await error.WriteLineAsync(string.Join('\n', problem.Message.Split('\n').Select(line => $"{command}: {line}"))).ConfigureAwait(false);
            return ExitCode.Of(problem.Kind);
        }
    }

    /// <summary>Creates the commands.</summary>
    /// <param name="output">Receives data.</param>
    /// <param name="error">Receives progress and errors.</param>
    internal static RootCommand Create(TextWriter output, TextWriter error)
    {
        RootCommand root = new("NasEngine: train one supernet, find the best network for each device.")
        {
            QuickstartCommand.Create(output, error),
            RunCommands.Run(output, error),
            RunCommands.Until("train", "Train the supernet of an experiment.", "nas train experiment.json --steps 2000", output, error),
            RunCommands.Until("profile", "Measure networks on the experiment's devices.", "nas profile experiment.json --device local=local:threads=2", output, error),
            RunCommands.Until("fit", "Fit the predictors of an experiment, and say how good they are.", "nas fit experiment.json", output, error),
            RunCommands.Until("search", "Search the space on predicted values.", "nas search experiment.json --max-latency \"0.5 ms\"", output, error),
            FrontCommand.Create(output),
            ExportCommand.Create(output, error),
            ProxiesCommand.Create(output, error),
            SpaceCommands.Create(output),
            TableCommands.Create(output, error),
            DataCommands.Create(output, error),
            DeviceCommands.Create(output, error),
            RunsCommands.Create(output),
            JobsCommands.Create(output),
            StoreCommands.Create(output),
            ServeCommand.Create(output),
            WorkerCommand.Create(output, error),
            TokenCommands.Create(output),
            LauncherCommands.Bench(),
            LauncherCommands.Doctor(),
            LauncherCommands.Test(),
        };
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, output);
        return root;
    }

    private static IEnumerable<string> Names(CommandResult result)
    {
        Stack<string> names = new();
        for (SymbolResult? place = result; place is not null; place = place.Parent)
        {
            if (place is CommandResult command)
            {
                names.Push(command.Command is RootCommand ? "nas" : command.Command.Name);
            }
        }

        return names;
    }

    // The first signal asks for a clean stop; the second ends the process, as the system would.
    private static void Stop(PosixSignalContext context, CancellationTokenSource stop, TextWriter error, string message)
    {
        if (!stop.IsCancellationRequested)
        {
            context.Cancel = true;
            error.WriteLine("\n" + message);
            stop.Cancel();
        }
    }
}
