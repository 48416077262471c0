using System.CommandLine;
using NasEngine.Core.Errors;
using NasEngine.Core.Machine;
using NasEngine.Web.Client;

namespace NasEngine.Cli.Commands;

/// <summary>Lets a command speak to a service instead of the store of this machine.</summary>
internal static class RemoteService
{
    private const string ServerName = "--server";
    private const string TokenName = "--token";

    /// <summary>Adds <c>--server</c> and <c>--token</c> to a command.</summary>
    public static Command AddTo(Command command)
    {
        command.Add(new Option<string?>(ServerName) { Description = "A service to ask instead of the store of this machine, such as http://127.0.0.1:5210." });
        command.Add(new Option<string?>(TokenName) { Description = "The token to ask it with (NAS_TOKEN)." });
        return command;
    }

    /// <summary>Tells whether a command line names a service.</summary>
    public static bool IsNamed(ParseResult parse) => parse.Tokens.Any(token => token.Value == ServerName);

    /// <summary>Gives the client of the service that a command line names, or <see langword="null"/> if it names none.</summary>
    /// <exception cref="UsageException">The address is none of HTTP.</exception>
    public static NasClient? Client(ParseResult parse)
    {
        if (parse.GetValue<string?>(ServerName) is not string server)
        {
            return null;
        }

        string? token = parse.GetValue<string?>(TokenName) ?? EnvironmentSetting.Find("NAS_TOKEN");
        return Uri.TryCreate(server, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? new NasClient(address, token)
            : throw new UsageException($"--server takes an address such as http://127.0.0.1:5210, not '{server}'.");
    }

    /// <summary>Gives the client, which must be there.</summary>
    public static NasClient RequireClient(ParseResult parse) => Client(parse) ?? throw new UsageException("Name the service with --server, such as --server http://127.0.0.1:5210.");
}
