namespace NasEngine.Core.Errors;

/// <summary>Whose turn it is after an error; the command line turns it into an exit code.</summary>
public enum FaultKind
{
    /// <summary>The user gave something that cannot be used: exit code 2.</summary>
    Input,

    /// <summary>The work itself failed: exit code 1.</summary>
    Failure,

    /// <summary>No architecture meets the constraints: exit code 3.</summary>
    Infeasible,

    /// <summary>A device does not answer, or keeps dying: exit code 4.</summary>
    DeviceUnreachable,

    /// <summary>An exported model does not compute what the supernet computes: exit code 5.</summary>
    ExportMismatch,
}
