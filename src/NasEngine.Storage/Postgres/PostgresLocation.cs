using NasEngine.Core.Errors;
using Npgsql;

namespace NasEngine.Storage.Postgres;

/// <summary>Reads the URL of a PostgreSQL database.</summary>
internal static class PostgresLocation
{
    private const int DefaultPort = 5432;
    private const string Form = "postgres://USER:PASSWORD@HOST:PORT/DATABASE";

    private static readonly string[] Schemes = ["postgres://", "postgresql://"];

    /// <summary>Says whether a location is such a URL, and not a file.</summary>
    public static bool IsUrl(string location) => Array.Exists(Schemes, scheme => location.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a URL. What follows a question mark are connection settings, such as <c>sslmode=require</c> or <c>search_path=nas</c>.</summary>
    /// <exception cref="UsageException">It is none; the message does not repeat it, since it may hold a password.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string location)
    {
        if (!Uri.TryCreate(location, UriKind.Absolute, out Uri? url) || url.AbsolutePath.Trim('/') is not { Length: > 0 } database || database.Contains('/', StringComparison.Ordinal))
        {
            throw new UsageException($"The store's URL names no database. Its form is {Form}.");
        }

        string[] user = url.UserInfo.Split(':', 2);
        NpgsqlConnectionStringBuilder settings = new()
        {
            Host = url.Host.Length == 0 ? "localhost" : Uri.UnescapeDataString(url.Host).Trim('[', ']'),
            Port = url.Port > 0 ? url.Port : DefaultPort,
            Database = Uri.UnescapeDataString(database),
            Username = Uri.UnescapeDataString(user[0]) is { Length: > 0 } name ? name : Environment.UserName,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            ApplicationName = "nas",
            MaxPoolSize = 16,
            MaxAutoPrepare = 60,
            AutoPrepareMinUsages = 2,
            CommandTimeout = 300,
            TcpKeepAlive = true,
        };
        foreach (string setting in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = setting.Split('=', 2);
            Set(settings, Uri.UnescapeDataString(pair[0]), pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : string.Empty);
        }

        return settings;
    }

    /// <summary>Gives the URL without its password.</summary>
    public static string Display(NpgsqlConnectionStringBuilder settings) =>
        FormattableString.Invariant($"postgres://{settings.Username}@{settings.Host}:{settings.Port}/{settings.Database}");

    private static void Set(NpgsqlConnectionStringBuilder settings, string name, string value)
    {
        string key = name.ToUpperInvariant() switch
        {
            "CONNECT_TIMEOUT" => "Timeout",
            "SSLMODE" => "SSL Mode",
            "SSLROOTCERT" => "Root Certificate",
            "SSLCERT" => "SSL Certificate",
            "SSLKEY" => "SSL Key",
            _ => name.Replace('_', ' '),
        };
        try
        {
            settings[key] = key == "SSL Mode" ? value.Replace("-", string.Empty, StringComparison.Ordinal) : value;
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw new UsageException($"The store's URL has the setting '{name}', which is not known or cannot have this value. Known are PostgreSQL's, such as sslmode, connect_timeout and search_path.", problem);
        }
    }
}
