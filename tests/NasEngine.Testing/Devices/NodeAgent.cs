using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace NasEngine.Testing.Devices;

/// <summary>A device agent under Node that works for a service, as a process.</summary>
public sealed partial class NodeAgent : IDisposable
{
    private readonly Process _process;

    private NodeAgent(Process process) => _process = process;

    /// <summary>Gets what the agent said, line by line.</summary>
    public ConcurrentQueue<string> Lines { get; } = [];

    /// <summary>Gets how many networks the agent said it measured.</summary>
    public int Measured => Lines.Count(line => MeasuredLine().IsMatch(line));

    /// <summary>Starts an agent.</summary>
    /// <param name="server">The service.</param>
    /// <param name="name">The device's name.</param>
    /// <param name="script">The agent's file; the repository's unless given.</param>
    /// <param name="onMeasured">Called with the key of each network that the agent says it measured.</param>
    public static NodeAgent Start(Uri server, string name, string? script = null, Action<string>? onMeasured = null)
    {
        string folder = RepositoryFiles.PathOf("src/NasEngine.DeviceAgent");
        ProcessStartInfo start = new("node") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in new[] { script ?? Path.Combine(folder, "node.mjs"), "--server", server.ToString(), "--name", name })
        {
            start.ArgumentList.Add(argument);
        }

        if (script is not null)
        {
            start.Environment.Remove("NAS_AGENT_MODULES"); // an installed agent finds its own
        }

        return Watch(start, onMeasured);
    }

    /// <summary>Runs a command line that installs and starts an agent, as a person types it into a terminal.</summary>
    /// <param name="command">The command line.</param>
    /// <param name="folder">The folder it runs in.</param>
    public static NodeAgent Run(string command, string folder)
    {
        ProcessStartInfo start = new("sh", ["-c", command]) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment.Remove("NAS_AGENT_MODULES");
        start.Environment["npm_config_prefer_offline"] = "true"; // packages that npm has kept are taken from there
        return Watch(start, onMeasured: null);
    }

    /// <summary>Pulls the device away: nothing of it gets another moment.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
    }

    /// <summary>Stops the agent as Ctrl+C does, and gives its exit code.</summary>
    public async Task<int> InterruptAsync()
    {
        Signal("INT");
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Sends a signal to the agent alone, not to what measures.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private static NodeAgent Watch(ProcessStartInfo start, Action<string>? onMeasured)
    {
        NodeAgent agent = new(Process.Start(start)!);
        agent._process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is string text)
            {
                agent.Lines.Enqueue(text);
                if (onMeasured is not null && MeasuredLine().Match(text) is { Success: true } match)
                {
                    onMeasured(match.Groups[1].Value);
                }
            }
        };
        agent._process.BeginErrorReadLine();
        agent._process.BeginOutputReadLine();
        return agent;
    }

    [GeneratedRegex(@"^nas-device: \d+ of \d+: [\d.]+ ms \[[^]]*\]  (.*)$")]
    private static partial Regex MeasuredLine();
}
