using NasEngine.Jobs.Runs;
using NasEngine.Storage;

namespace NasEngine.Jobs.Background;

/// <summary>What a worker works with.</summary>
public sealed record WorkerServices
{
    /// <summary>Gets the open store; it stays open longer than the worker.</summary>
    public required NasStore Store { get; init; }

    /// <summary>Gets what runs work with; their progress goes to the consoles of their jobs.</summary>
    public required RunServices Runs { get; init; }

    /// <summary>Gets the service that jobs are started through.</summary>
    public required JobService Service { get; init; }

    /// <summary>Gets who carries out what; all kinds of the engine unless set.</summary>
    internal IReadOnlyList<IJobHandler>? Handlers { get; init; }
}
