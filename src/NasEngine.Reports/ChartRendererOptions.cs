namespace NasEngine.Reports;

/// <summary>Where charts are drawn and how long that may take.</summary>
public sealed record ChartRendererOptions
{
    /// <summary>Gets the command that starts Node; <c>node</c> unless set.</summary>
    public string Node { get; init; } = "node";

    /// <summary>Gets the path of <c>render.mjs</c>; the one that lies beside the program unless set.</summary>
    public string Script { get; init; } = Path.Combine(AppContext.BaseDirectory, "charts", "render.mjs");

    /// <summary>Gets the <c>node_modules</c> folder that holds echarts; the environment variable <c>NAS_AGENT_MODULES</c>, else the folder beside the script or the device agent's in the source tree, unless set.</summary>
    public string? ModulesFolder { get; init; }

    /// <summary>Gets how long drawing all charts of a report may take; 60 s unless set.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
