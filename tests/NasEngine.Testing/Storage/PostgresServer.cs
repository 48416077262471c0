using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NasEngine.Testing.Storage;

/// <summary>A PostgreSQL server of our own, in a temporary folder and on a free port of the loopback; gone with the process that started it, however that ends.</summary>
/// <remarks>Its order of text is that of a language, not of bytes, as users' servers have it.</remarks>
public sealed class PostgresServer : IDisposable
{
    /// <summary>The password of its user, <c>nas</c>.</summary>
    public const string Password = "p@ss:w/rd";

    // The folder goes when standard input ends: with the process at its other end.
    private const string Script =
        """
        "$1/initdb" -D "$2" -U nas -A scram-sha-256 --pwfile="$4" --no-sync -E UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US >/dev/null || exit
        trap '' INT
        "$1/postgres" -D "$2" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 $5 >"$2/log" 2>&1 &
        cat >/dev/null
        kill -QUIT $!
        wait
        rm -rf "$2"
        """;

    private const string Hasty = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Lazy<PostgresServer> SharedServer = new(() => new PostgresServer(durable: false));

    private readonly Process _process;
    private readonly int _port;
    private int _stores;

    /// <summary>Starts a server; blocks until it answers.</summary>
    /// <param name="durable">Whether commits wait for the disk, as they do by default.</param>
    public PostgresServer(bool durable)
    {
        _port = FreePort();
        using TemporaryFolder passwords = new();
        string passwordFile = passwords.PathOf("password");
        File.WriteAllText(passwordFile, Password);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(passwords.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        string data = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"nas-postgres-{Environment.ProcessId}-{_port}"));
        ProcessStartInfo start = new(Environment.IsPrivilegedProcess ? "runuser" : "sh") { RedirectStandardInput = true, WorkingDirectory = "/" };
        string[] shell = Environment.IsPrivilegedProcess ? ["-u", "postgres", "--", "sh"] : [];
        foreach (string argument in (string[])[.. shell, "-c", Script, "sh", Binaries!, data, _port.ToString(CultureInfo.InvariantCulture), passwordFile, durable ? string.Empty : Hasty])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        WaitUntilReady();
    }

    /// <summary>Gets the server of this process, started by the first who asks; a test that asks is passed over where PostgreSQL is not installed.</summary>
    public static PostgresServer Shared
    {
        get
        {
            if (Binaries is null)
            {
                Assert.Ignore("PostgreSQL is not installed.");
            }

            return SharedServer.Value;
        }
    }

    /// <summary>Gets the folder of the newest installed version's programs, or <see langword="null"/>.</summary>
    public static string? Binaries { get; } = FindBinaries();

    /// <summary>Gets the URL of the server's own database.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"postgres://nas:{Uri.EscapeDataString(Password)}@127.0.0.1:{_port}/postgres");

    /// <summary>Makes an empty place for a store, a schema of its own, which is quicker than a database.</summary>
    /// <returns>Its URL.</returns>
    public string NewStore()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"store_{Interlocked.Increment(ref _stores)}");
        Execute($"CREATE SCHEMA {name}", Url);
        return $"{Url}?search_path={name}";
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its URL.</returns>
    public string NewDatabase()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"database_{Interlocked.Increment(ref _stores)}");
        Execute($"CREATE DATABASE {name}", Url);
        return Url.Replace("/postgres", $"/{name}", StringComparison.Ordinal).Replace($"{name}://", "postgres://", StringComparison.Ordinal);
    }

    /// <summary>Executes statements, as another program would.</summary>
    public static void Execute(string sql, string url)
    {
        using Npgsql.NpgsqlConnection connection = new(NasEngine.Storage.Postgres.PostgresLocation.Parse(url).Settings.ConnectionString);
        connection.Open();
#pragma warning disable CA2100 // the statements are the tests' own
        using Npgsql.NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Stops the server and removes its data.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string? FindBinaries() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(folder => Path.Combine(folder, "bin")).Where(folder => File.Exists(Path.Combine(folder, "initdb")))
                .OrderBy(folder => folder.Length).ThenBy(folder => folder, StringComparer.Ordinal).LastOrDefault()
            : null;

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void WaitUntilReady()
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!_process.HasExited && waited.Elapsed < Patience)
        {
            try
            {
                Execute("SELECT 1", Url);
                return;
            }
            catch (Npgsql.NpgsqlException)
            {
                _process.WaitForExit(TimeSpan.FromMilliseconds(50));
            }
        }

        throw new InvalidOperationException("PostgreSQL did not start.");
    }
}
