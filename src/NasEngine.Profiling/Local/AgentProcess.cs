using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NasEngine.Core.Devices;

namespace NasEngine.Profiling.Local;

/// <summary>One process of the agent: lines of JSON in and out, one request at a time. See the agent's README for the protocol.</summary>
/// <remarks>A request that is not read to its end leaves the process unusable: kill it.</remarks>
internal sealed class AgentProcess : IAsyncDisposable
{
    private const int ModulesMissing = 3;
    private const int KeptErrorLines = 12;
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly TimeSpan _silenceLimit;
    private readonly TimeProvider _time;
    private readonly Queue<string> _errorLines = [];
    private readonly Task _errorReader;
    private int _lastId;

    private AgentProcess(Process process, TimeSpan silenceLimit, TimeProvider time)
    {
        _process = process;
        _silenceLimit = silenceLimit;
        _time = time;
        _errorReader = ReadErrorsAsync();
    }

    public int Id => _process.Id;

    public bool IsAlive => !_process.HasExited;

    /// <exception cref="DeviceUnreachableException">Node can't be started.</exception>
    public static AgentProcess Start(string device, AgentLocation location, TimeSpan silenceLimit, TimeProvider time)
    {
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        ProcessStartInfo start = new(location.Node)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.ArgumentList.Add(location.Script);
        start.Environment["NAS_AGENT_MODULES"] = location.Modules;
        try
        {
            return new AgentProcess(Process.Start(start)!, silenceLimit, time);
        }
        catch (Win32Exception problem)
        {
            throw new DeviceUnreachableException(
                device,
                $"'{location.Node}' can't be started ({problem.Message}). Install Node.js 18 or newer (Debian: apt-get install nodejs), or name it in NAS_NODE.",
                inner: problem);
        }
    }

    /// <summary>Sends a request and gives its events, then its result.</summary>
    /// <exception cref="AgentRequestException">The answer is an error.</exception>
    /// <exception cref="AgentDiedException">The process ended or fell silent.</exception>
    public async IAsyncEnumerable<(bool IsResult, JsonElement Body)> RequestAsync(
        JsonObject request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int id = ++_lastId;
        request["id"] = id;
        await SendAsync(request.ToJsonString(Compact), cancellationToken).ConfigureAwait(false);
        while (true)
        {
            JsonElement answer = await ReceiveAsync(cancellationToken).ConfigureAwait(false);
            if (answer.GetProperty("id") is not { ValueKind: JsonValueKind.Number } number || number.GetInt32() != id)
            {
                throw new AgentRequestException("failure", $"the agent answered another request than asked: {answer.GetRawText()}");
            }

            if (answer.TryGetProperty("error", out JsonElement error))
            {
                throw new AgentRequestException(error.GetProperty("kind").GetString()!, error.GetProperty("message").GetString()!);
            }

            if (answer.TryGetProperty("result", out JsonElement result))
            {
                yield return (true, result);
                yield break;
            }

            yield return (false, answer);
        }
    }

    /// <summary>Sends a request that has no events and gives its result.</summary>
    public async Task<JsonElement> AskAsync(JsonObject request, CancellationToken cancellationToken)
    {
        JsonElement last = default;
        await foreach ((bool _, JsonElement body) in RequestAsync(request, cancellationToken).ConfigureAwait(false))
        {
            last = body;
        }

        return last;
    }

    /// <summary>Ends the process at once.</summary>
    public async Task KillAsync()
    {
        if (IsAlive)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Lets the process end by closing its input; ends it at once if it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(ExitPatience, _time).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is TimeoutException or IOException)
        {
            await KillAsync().ConfigureAwait(false);
        }

        await _errorReader.ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task SendAsync(string line, CancellationToken cancellationToken)
    {
        try
        {
            Task write = WriteLineAsync(line);
            await write.WaitAsync(_silenceLimit, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is IOException or TimeoutException or ObjectDisposedException)
        {
            throw await DiedAsync(problem).ConfigureAwait(false);
        }
    }

    private async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteAsync(line.AsMemory(), CancellationToken.None).ConfigureAwait(false);
        await _process.StandardInput.WriteAsync("\n".AsMemory(), CancellationToken.None).ConfigureAwait(false);
        await _process.StandardInput.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<JsonElement> ReceiveAsync(CancellationToken cancellationToken)
    {
        string? line;
        try
        {
            // The read itself can't be cancelled on a pipe; who stops waiting for it kills the process, which ends it.
            line = await _process.StandardOutput.ReadLineAsync(CancellationToken.None).AsTask()
                .WaitAsync(_silenceLimit, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is IOException or TimeoutException)
        {
            throw await DiedAsync(problem).ConfigureAwait(false);
        }

        if (line is null)
        {
            throw await DiedAsync(null).ConfigureAwait(false);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.Clone();
        }
        catch (JsonException problem)
        {
            throw await DiedAsync(problem).ConfigureAwait(false); // half a line: it died while writing
        }
    }

    private async Task<AgentDiedException> DiedAsync(Exception? cause)
    {
        bool isSilent = cause is TimeoutException;
        await KillAsync().ConfigureAwait(false);
        await _errorReader.ConfigureAwait(false);
        string tail;
        lock (_errorLines)
        {
            tail = string.Join(" | ", _errorLines);
        }

        return isSilent
            ? new AgentDiedException($"its agent gave no sign for {_silenceLimit.TotalSeconds:0} s.", tail, isFinal: false, cause)
            : new AgentDiedException($"its agent ended with exit code {_process.ExitCode}.", tail, _process.ExitCode == ModulesMissing, cause);
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is string line)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            lock (_errorLines)
            {
                _errorLines.Enqueue(line.Trim());
                if (_errorLines.Count > KeptErrorLines)
                {
                    _errorLines.Dequeue();
                }
            }
        }
    }
}
