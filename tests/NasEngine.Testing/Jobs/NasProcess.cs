using System.Diagnostics;
using System.Globalization;

namespace NasEngine.Testing.Jobs;

/// <summary>The program as a user has it: a process of its own, that works in folders of its own.</summary>
/// <param name="folder">The folder that results, checkpoints and data sets lie in.</param>
public sealed class NasProcess(string folder)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Gets the folder of the device agent's modules, if they are installed: without them nothing is exported and no chart is drawn.</summary>
    public static string? Modules
    {
        get
        {
            string modules = Environment.GetEnvironmentVariable("NAS_AGENT_MODULES") is { Length: > 0 } named ? named : RepositoryFiles.PathOf("src/NasEngine.DeviceAgent/node_modules");
            return Directory.Exists(Path.Combine(modules, "onnxruntime-node")) && Directory.Exists(Path.Combine(modules, "echarts")) ? modules : null;
        }
    }

    /// <summary>Gets the folder that all others lie in.</summary>
    public string Folder => folder;

    /// <summary>Gets the folder that runs write to.</summary>
    public string Results => Path.Combine(folder, "results");

    /// <summary>Gets the folder that checkpoints and data sets lie in.</summary>
    public string Home => Path.Combine(folder, "home");

    /// <summary>Gets the database.</summary>
    public string Database => Path.Combine(Results, "nas.db");

    /// <summary>Gets what the program is told by its environment, beside what the process already has; an empty text unsets.</summary>
    public Dictionary<string, string> Environs { get; } = new(StringComparer.Ordinal)
    {
        ["NAS_RESULTS"] = Path.Combine(folder, "results"),
        ["NAS_HOME"] = Path.Combine(folder, "home"),
        ["NAS_ROOT"] = RepositoryFiles.Root,
        ["NAS_AGENT_MODULES"] = Modules ?? string.Empty,
        ["NAS_SEED"] = string.Empty,
        ["NAS_THREADS"] = string.Empty,
        ["OMP_WAIT_POLICY"] = "PASSIVE",
        ["DOTNET_TieredPGO"] = "0",
    };

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="TimeoutException">It did not end within two minutes, and was killed.</exception>
    public async Task<NasOutcome> RunAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        return await EndAsync(process).ConfigureAwait(false);
    }

    /// <summary>Waits for a process that <see cref="Start"/> gave.</summary>
    /// <exception cref="TimeoutException">It did not end within two minutes, and was killed.</exception>
    public static Task<NasOutcome> EndAsync(Process process) => EndAsync(process, Limit);

    /// <summary>Waits for a process that <see cref="Start"/> gave, and that may take its time.</summary>
    /// <exception cref="TimeoutException">It did not end in time, and was killed.</exception>
    public static async Task<NasOutcome> EndAsync(Process process, TimeSpan most)
    {
        ArgumentNullException.ThrowIfNull(process);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource limit = new(most);
        try
        {
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The process did not end within {most}: {string.Join(' ', process.StartInfo.ArgumentList)}");
        }

        return new NasOutcome(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
    }

    /// <summary>Starts a command.</summary>
    public Process Start(params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);

        // A test run may itself have been started with SIGINT ignored, which children inherit.
        ProcessStartInfo start = new("env") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Directory.CreateDirectory(folder).FullName };
        foreach (string argument in (string[])["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "nas.dll"), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in Environs)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Waits until a process of <c>nas serve</c> listens, and reads on what it says.</summary>
    /// <exception cref="InvalidOperationException">It ended before.</exception>
    public static async Task<Uri> AddressOfAsync(Process process)
    {
        ArgumentNullException.ThrowIfNull(process);
        const string Listening = "listening on ";
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource limit = new(Limit);
        while (await process.StandardOutput.ReadLineAsync(limit.Token).ConfigureAwait(false) is string line)
        {
            if (line.StartsWith(Listening, StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new Uri(line[Listening.Length..].Trim());
            }
        }

        throw new InvalidOperationException($"The service ended before it listened: {await errors.ConfigureAwait(false)}");
    }

    /// <summary>Stops a process as its user would, and kills it if it does not end in time.</summary>
    public static async Task StopAsync(Process process)
    {
        ArgumentNullException.ThrowIfNull(process);
        if (!process.HasExited)
        {
            Interrupt(process);
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(10))).ConfigureAwait(false);
        }

        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Sends a process what Ctrl-C sends.</summary>
    public static void Interrupt(Process process)
    {
        ArgumentNullException.ThrowIfNull(process);
        using Process kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -INT {process.Id}")]);
        kill.WaitForExit();
    }

    /// <summary>Gives the files that runs wrote under a name, one for each run.</summary>
    public IReadOnlyList<string> Files(string name) =>
        Directory.Exists(Results) ? [.. Directory.GetFiles(Results, name, SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];
}
