using NasEngine.Jobs.Background;
using NasEngine.Jobs.Runs;
using NasEngine.Storage;

namespace NasEngine.Web;

/// <summary>What the service works with. Whoever made it disposes it, after the service has stopped.</summary>
public sealed record ServerServices
{
    /// <summary>Gets the store.</summary>
    public required NasStore Store { get; init; }

    /// <summary>Gets the places on this machine.</summary>
    public required Workplace Workplace { get; init; }

    /// <summary>Gets what starts and changes jobs and runs.</summary>
    public required JobService Jobs { get; init; }

    /// <summary>Gets the clock.</summary>
    public required TimeProvider Time { get; init; }
}
