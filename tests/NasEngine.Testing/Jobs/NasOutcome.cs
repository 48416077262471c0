using System.Globalization;
using NasEngine.Cli;

namespace NasEngine.Testing.Jobs;

/// <summary>What came of a command.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">What it wrote on standard output.</param>
/// <param name="Error">What it wrote on standard error.</param>
public sealed record NasOutcome(int ExitCode, string Output, string Error)
{
    /// <summary>Carries out a command within this process.</summary>
    public static async Task<NasOutcome> OfAsync(params string[] arguments)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture), error = new(CultureInfo.InvariantCulture);
        int code = await NasCommandLine.RunAsync(arguments, output, error).ConfigureAwait(false);
        return new NasOutcome(code, output.ToString(), error.ToString());
    }

    /// <summary>Says everything, for the message of a test.</summary>
    public override string ToString() => $"exit code {ExitCode}\n--- standard output\n{Output}\n--- standard error\n{Error}";
}
