using System.CommandLine;
using System.Globalization;
using NasEngine.Cli.Terminal;
using NasEngine.Core.Access;
using NasEngine.Jobs.Runs;
using NasEngine.Storage;
using NasEngine.Web.Safety;

namespace NasEngine.Cli.Commands;

/// <summary><c>nas token</c>: who may use the services of a store.</summary>
internal static class TokenCommands
{
    public static Command Create(TextWriter output) => HelpWithExamples.Add(
        new Command("token", "Make, list and remove the tokens of the services of a store.") { Make(output), List(output), Remove(output) }, "nas token create --role actor --note laptop", "nas token list");

    private static Command Make(TextWriter output)
    {
        Option<string> role = new("--role") { Description = "viewer (look), actor (all that a person can do) or device (measure, and nothing else).", Required = true };
        Option<string> note = new("--note") { Description = "What the token is for.", DefaultValueFactory = static _ => string.Empty };
        Command command = new("create", "Make a token and print it: it is shown this once. The store keeps its digest.") { role, note, CommonOptions.Store() };
        command.SetAction((parse, cancellationToken) => WithTokensAsync(
            parse,
            async tokens =>
            {
                (string token, _) = await tokens.CreateAsync(TokenRoles.Parse(parse.GetRequiredValue(role)), parse.GetRequiredValue(note), cancellationToken).ConfigureAwait(false);
                await output.WriteLineAsync(token).ConfigureAwait(false);
            },
            cancellationToken));
        return HelpWithExamples.Add(command, "nas token create --role viewer --note \"the team's screen\"", "nas token create --role actor --store postgres://nas:secret@db/nas");
    }

    private static Command List(TextWriter output)
    {
        Command command = new("list", "List the tokens that were made: their names, roles and last use.") { CommonOptions.Store() };
        command.SetAction((parse, cancellationToken) => WithTokensAsync(
            parse,
            async tokens => Table.Write(
                output, ["token", "role", "made (UTC)", "last used (UTC)", "note"],
                (await tokens.ListAsync(cancellationToken).ConfigureAwait(false)).Select(token => (IReadOnlyList<string>)[token.Id, token.Role.Name(), Minute(token.CreatedAt), Minute(token.LastUsedAt), token.Note])),
            cancellationToken));
        return HelpWithExamples.Add(command, "nas token list");
    }

    private static Command Remove(TextWriter output)
    {
        Argument<string> id = new("TOKEN") { Description = "A name of 'nas token list'." };
        Command command = new("remove", "Remove a token: whoever holds it is out at once.") { id, CommonOptions.Store() };
        command.SetAction((parse, cancellationToken) => WithTokensAsync(
            parse,
            async tokens =>
            {
                await tokens.RemoveAsync(parse.GetRequiredValue(id), cancellationToken).ConfigureAwait(false);
                await output.WriteLineAsync($"removed {parse.GetRequiredValue(id)}").ConfigureAwait(false);
            },
            cancellationToken));
        return HelpWithExamples.Add(command, "nas token remove 1a2b3c4d5e6f");
    }

    private static async Task<int> WithTokensAsync(ParseResult parse, Func<IssuedTokens, Task> act, CancellationToken cancellationToken)
    {
        Workplace workplace = Workplace.FromEnvironment();
        NasStore store = await NasStore.OpenAsync(CommonOptions.StoreLocation(parse, workplace), cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            await act(await IssuedTokens.OpenAsync(store.Tokens, workplace.Home, TimeProvider.System, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }

        return ExitCode.Done;
    }

    private static string Minute(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? string.Empty;
}
