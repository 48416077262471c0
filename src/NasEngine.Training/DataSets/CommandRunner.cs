using System.ComponentModel;
using System.Diagnostics;

namespace NasEngine.Training.DataSets;

/// <summary>What an outside program answered.</summary>
/// <param name="ExitCode">Its exit code; <see langword="null"/> if there is no such program.</param>
/// <param name="Output">The end of what it printed.</param>
internal readonly record struct CommandResult(int? ExitCode, string Output);

/// <summary>Runs outside programs, without a shell.</summary>
internal class CommandRunner
{
    /// <summary>Runs a program to its end; cancellation ends it.</summary>
    public virtual async Task<CommandResult> RunAsync(string program, IReadOnlyList<string> arguments, string folder, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = new() { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return new CommandResult(null, string.Empty);
        }

        process.StandardInput.Close();
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            string text = (await output.ConfigureAwait(false)) + (await errors.ConfigureAwait(false));
            return new CommandResult(process.ExitCode, text.Length > 400 ? text[^400..].Trim() : text.Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
