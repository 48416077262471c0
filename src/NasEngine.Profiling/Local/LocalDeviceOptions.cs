using System.ComponentModel.DataAnnotations;

namespace NasEngine.Profiling.Local;

/// <summary>How the agent of the local device is found and run.</summary>
public sealed record LocalDeviceOptions
{
    /// <summary>Gets the threads that one network runs on. From 1 to 1024; 1 unless set.</summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = 1;

    /// <summary>Gets the Node executable; unless set, the environment variable <c>NAS_NODE</c>, else <c>node</c> on the path.</summary>
    public string? NodeExecutable { get; init; }

    /// <summary>Gets the agent's script; unless set, the one shipped with the program, else that of the repository the program lies in.</summary>
    public string? AgentScript { get; init; }

    /// <summary>Gets the folder that holds <c>onnxruntime-node</c>; unless set, the environment variable <c>NAS_AGENT_MODULES</c>, else <c>node_modules</c> beside the script.</summary>
    public string? ModulesFolder { get; init; }

    /// <summary>Gets how often in a row the agent may die without having measured anything. From 1 to 100; 3 unless set.</summary>
    [Range(1, 100)]
    public int MaxDeaths { get; init; } = 3;

    /// <summary>Gets how long the agent may stay silent before it counts as dead; it gives a sign each second unless one run takes longer. 120 s unless set.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(120);
}
