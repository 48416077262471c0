using System.CommandLine;
using System.Globalization;
using NasEngine.Cli.Terminal;
using NasEngine.Jobs.Runs;
using NasEngine.Web.Safety;

namespace NasEngine.Cli.Commands;

/// <summary><c>nas token</c>: who may use the service.</summary>
internal static class TokenCommands
{
    public static Command Create(TextWriter output) => HelpWithExamples.Add(
        new Command("token", "Make, list and remove the tokens of the service.") { Make(output), List(output), Remove(output) }, "nas token create --role actor --note laptop", "nas token list");

    private static Command Make(TextWriter output)
    {
        Option<string> role = new("--role") { Description = "viewer (look), actor (all that a person can do) or device (measure, and nothing else).", Required = true };
        Option<string> note = new("--note") { Description = "What the token is for.", DefaultValueFactory = static _ => string.Empty };
        Command command = new("create", "Make a token and print it: it is shown this once. Its digest is kept in the data folder.") { role, note };
        command.SetAction(async (parse, cancellationToken) =>
        {
            (string token, _) = await Store().CreateAsync(TokenRoles.Parse(parse.GetRequiredValue(role)), parse.GetRequiredValue(note), cancellationToken).ConfigureAwait(false);
            await output.WriteLineAsync(token).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, "nas token create --role viewer --note \"the team's screen\"");
    }

    private static Command List(TextWriter output)
    {
        Command command = new("list", "List the tokens that were made: their names and roles.");
        command.SetAction(_ => Table.Write(output, ["token", "role", "made (UTC)", "note"], Store().Read().Select(token => (IReadOnlyList<string>)
            [token.Id, token.Role.Name(), token.CreatedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? string.Empty, token.Note])));
        return HelpWithExamples.Add(command, "nas token list");
    }

    private static Command Remove(TextWriter output)
    {
        Argument<string> id = new("TOKEN") { Description = "A name of 'nas token list'." };
        Command command = new("remove", "Remove a token: whoever holds it is out at once.") { id };
        command.SetAction(async (parse, cancellationToken) =>
        {
            await Store().RemoveAsync(parse.GetRequiredValue(id), cancellationToken).ConfigureAwait(false);
            await output.WriteLineAsync($"removed {parse.GetRequiredValue(id)}").ConfigureAwait(false);
            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, "nas token remove 1a2b3c4d5e6f");
    }

    private static TokenStore Store() => new(Workplace.FromEnvironment().Home, TimeProvider.System);
}
