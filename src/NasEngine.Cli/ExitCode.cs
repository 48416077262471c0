using NasEngine.Core.Errors;

namespace NasEngine.Cli;

/// <summary>What the process returns to the shell.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The work failed.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage or input.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped by Ctrl-C; what was done is kept.</summary>
    public const int Stopped = 130;

    /// <summary>Gives the code of an error.</summary>
    public static int Of(FaultKind kind) => kind switch
    {
        FaultKind.Input => BadInput,
        FaultKind.Infeasible => 3,
        FaultKind.DeviceUnreachable => 4,
        FaultKind.ExportMismatch => 5,
        _ => Failed,
    };
}
