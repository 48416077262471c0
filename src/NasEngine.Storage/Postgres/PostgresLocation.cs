using NasEngine.Core.Errors;
using Npgsql;

namespace NasEngine.Storage.Postgres;

/// <summary>A PostgreSQL database, as its URL says.</summary>
/// <param name="Settings">What a connection is opened with, the password included.</param>
/// <param name="BlobFolder">A folder that all machines share, for the content of files, or <see langword="null"/> if that is to lie in the database.</param>
internal sealed record PostgresLocation(NpgsqlConnectionStringBuilder Settings, string? BlobFolder)
{
    private const string BlobFolderSetting = "blob_folder";

    private const int DefaultPort = 5432;
    private const string Form = "postgres://USER:PASSWORD@HOST:PORT/DATABASE";

    private static readonly string[] Schemes = ["postgres://", "postgresql://"];

    /// <summary>Says whether a location is such a URL, and not a file.</summary>
    public static bool IsUrl(string location) => Array.Exists(Schemes, scheme => location.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a URL. What follows a question mark are connection settings, such as <c>sslmode=require</c> or <c>search_path=nas</c>.</summary>
    /// <exception cref="UsageException">It is none; the message does not repeat it, since it may hold a password.</exception>
    public static PostgresLocation Parse(string location)
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
        string? blobFolder = null;
        foreach (string setting in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = [.. setting.Split('=', 2).Select(Uri.UnescapeDataString)];
            string value = pair.Length > 1 ? pair[1] : string.Empty;
            if (pair[0] == BlobFolderSetting)
            {
                blobFolder = Path.IsPathFullyQualified(value) ? value : throw new UsageException("The store's URL has a blob_folder that is no absolute path.");
            }
            else
            {
                Set(settings, pair[0], value);
            }
        }

        return new PostgresLocation(settings, blobFolder);
    }

    /// <summary>Gives the URL without its password.</summary>
    public override string ToString() => FormattableString.Invariant($"postgres://{Settings.Username}@{Settings.Host}:{Settings.Port}/{Settings.Database}");

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
