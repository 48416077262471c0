using System.Collections.Immutable;
using System.Text.Json;
using NasEngine.Core.Devices;
using NasEngine.Core.Devices.Remote;
using NasEngine.Core.Errors;

namespace NasEngine.Web.Devices;

/// <summary>What an agent says when it comes.</summary>
/// <param name="Name">The name that experiments ask for it by: <c>agent:NAME</c>.</param>
/// <param name="Kind"><c>agent</c> or <c>browser</c>.</param>
/// <param name="Instance">What tells this installation from another: of two agents of one instance the later one counts.</param>
/// <param name="StartedAt">When it started, in milliseconds since 1970 by its own clock.</param>
/// <param name="Facts">What latencies depend on.</param>
internal sealed record AttachContract(string Name, string Kind, string Instance, long StartedAt, AgentFacts Facts)
{
    private static readonly DateTimeOffset Latest = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Checks everything, and gives it as the store takes it.</summary>
    /// <exception cref="InputFormatException">Something is out of its range.</exception>
    public DeviceAttachment ToAttachment()
    {
        List<InputFault> faults = [];
        if (Kind is not ("agent" or "browser"))
        {
            faults.Add(new InputFault("$.kind", "must be 'agent' or 'browser'."));
        }

        if (Instance is not { Length: >= 1 and <= DeviceAttachment.MaxNameLength } || !Instance.All(char.IsAsciiLetterOrDigit))
        {
            faults.Add(new InputFault("$.instance", $"must be 1 to {DeviceAttachment.MaxNameLength} letters or digits."));
        }

        if (StartedAt < 0 || StartedAt > Latest.ToUnixTimeMilliseconds())
        {
            faults.Add(new InputFault("$.startedAt", "must be milliseconds since 1970."));
        }

        DeviceFingerprint? fingerprint = Facts?.ToFingerprint(faults);
        return fingerprint is not null && faults.Count == 0
            ? new DeviceAttachment
            {
                Name = DeviceAttachment.RequireName(Name),
                Kind = Kind == "browser" ? DeviceKind.Browser : DeviceKind.Agent,
                Instance = Instance!,
                StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(StartedAt),
                Fingerprint = fingerprint,
            }
            : throw new InputFormatException("agent", faults.Count > 0 ? faults : [new InputFault("$.facts", "is missing.")]);
    }
}

/// <summary>What an agent answers to 'hello', and its threads.</summary>
internal sealed record AgentFacts(
    string Runtime, string RuntimeVersion, string Host, string Os, string? OsRelease, string Cpu, int Cores, double MemoryBytes, int Threads)
{
    private const int LongestText = 200;

    public DeviceFingerprint ToFingerprint(List<InputFault> faults)
    {
        void RequireLine(string? text, string name, bool mayBeEmpty = false)
        {
            if (text is null || text.Length > LongestText || text.Any(char.IsControl) || (text.Length == 0 && !mayBeEmpty))
            {
                faults.Add(new InputFault($"$.facts.{name}", $"must be a line of at most {LongestText} characters."));
            }
        }

        RequireLine(Runtime, "runtime");
        RequireLine(RuntimeVersion, "runtimeVersion");
        RequireLine(Host, "host");
        RequireLine(Os, "os");
        RequireLine(OsRelease ?? string.Empty, "osRelease", mayBeEmpty: true);
        RequireLine(Cpu, "cpu");
        if (Cores is < 1 or > 65_536)
        {
            faults.Add(new InputFault("$.facts.cores", "must be from 1 to 65536."));
        }

        if (Threads is < 1 or > 1024)
        {
            faults.Add(new InputFault("$.facts.threads", "must be from 1 to 1024."));
        }

        if (MemoryBytes is not (>= 0 and <= 1e15))
        {
            faults.Add(new InputFault("$.facts.memoryBytes", "must be a size in bytes."));
        }

        return new DeviceFingerprint
        {
            Runtime = Runtime ?? string.Empty,
            RuntimeVersion = RuntimeVersion ?? string.Empty,
            Host = Host ?? string.Empty,
            OperatingSystem = Os ?? string.Empty,
            OperatingSystemRelease = OsRelease ?? string.Empty,
            Processor = Cpu ?? string.Empty,
            Cores = Cores,
            MemoryBytes = MemoryBytes is >= 0 and <= 1e15 ? (long)MemoryBytes : 0,
            Threads = Threads,
        };
    }
}

/// <summary>An agent that is attached.</summary>
/// <param name="Agent">What the agent names itself by in the calls that follow.</param>
/// <param name="Name">The device's name.</param>
/// <param name="LeaseSeconds">How long work is held without a heartbeat.</param>
/// <param name="PollSeconds">How long a question for work waits for an answer.</param>
internal sealed record AttachedContract(string Agent, string Name, double LeaseSeconds, double PollSeconds);

/// <summary>Work for an agent.</summary>
/// <param name="Lease">Names the work in the calls that follow.</param>
/// <param name="Type"><c>measure</c> or <c>run</c>.</param>
/// <param name="Threads">Threads of one network.</param>
/// <param name="Options">The options of measuring, under the agent's names.</param>
/// <param name="Models">The networks.</param>
internal sealed record LeaseContract(string Lease, string Type, int Threads, JsonElement Options, IReadOnlyList<LeasedModel> Models)
{
    public static LeaseContract Of(string agent, DeviceLease lease) => new(
        lease.Id, lease.Kind == DeviceWorkKind.Run ? "run" : "measure", lease.Threads, JsonSerializer.Deserialize<JsonElement>(lease.Options),
        [.. lease.Items.Select(item => new LeasedModel(
            item.Key, item.Sha256, Href(agent, item.Sha256), [item.InputShape], item.InputsSha256 is string inputs ? new LeasedFile(inputs, Href(agent, inputs)) : null))]);

    private static string Href(string agent, string sha256) => $"/api/v1/agents/{agent}/models/{sha256}";
}

/// <summary>One network of an agent's work.</summary>
/// <param name="Key">The network's key, to be given back with its result.</param>
/// <param name="Sha256">The SHA-256 of its ONNX file.</param>
/// <param name="Href">Where the file is.</param>
/// <param name="Shapes">The shape of each input.</param>
/// <param name="Inputs">For a run: the inputs of all runs, 32-bit floats, little-endian.</param>
internal sealed record LeasedModel(string Key, string Sha256, string Href, IReadOnlyList<ImmutableArray<int>> Shapes, LeasedFile? Inputs);

/// <summary>A file of an agent's work.</summary>
/// <param name="Sha256">Its SHA-256.</param>
/// <param name="Href">Where it is.</param>
internal sealed record LeasedFile(string Sha256, string Href);

/// <summary>The answer to a heartbeat.</summary>
/// <param name="Cancelled">Whether the agent is to stop: nobody waits for the work any more.</param>
internal sealed record HeartbeatContract(bool Cancelled);

/// <summary>The answer to a result.</summary>
/// <param name="Accepted">False if there was a result already, or nobody waits for one.</param>
internal sealed record AcceptedContract(bool Accepted);

/// <summary>What an agent says at the end of a batch.</summary>
/// <param name="Batch">What it saw of the batch as a whole: readings of the canary, drift, repeated blocks.</param>
internal sealed record FinishContract(JsonElement Batch);

/// <summary>Why an agent gives work back.</summary>
/// <param name="Kind"><c>model</c>: the engine refuses the network <paramref name="Key"/>; <c>failure</c>; or <c>cancelled</c>.</param>
/// <param name="Message">What happened.</param>
/// <param name="Key">The network that was refused.</param>
internal sealed record FailContract(string Kind, string Message, string? Key)
{
    private const int LongestMessage = 2000;

    /// <exception cref="InputFormatException">The kind is not known, or the message is missing.</exception>
    public DeviceFault ToFault()
    {
        DeviceFaultKind? kind = Kind switch
        {
            "model" => DeviceFaultKind.Model,
            "failure" => DeviceFaultKind.Failure,
            "cancelled" => DeviceFaultKind.Cancelled,
            _ => null,
        };
        if (kind is null || Message is null)
        {
            throw new InputFormatException("fail", [new InputFault("$.kind", "must be 'model', 'failure' or 'cancelled', with a message.")]);
        }

        string line = new([.. Message.Take(LongestMessage).Select(letter => char.IsControl(letter) ? ' ' : letter)]);
        return new DeviceFault(kind.Value, line, Key);
    }
}
