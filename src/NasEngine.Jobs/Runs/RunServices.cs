using NasEngine.Core.Artefacts;
using NasEngine.Core.Devices;
using NasEngine.Core.Progress;
using NasEngine.Core.Runs;

namespace NasEngine.Jobs.Runs;

/// <summary>What every run works with.</summary>
public sealed record RunServices
{
    /// <summary>Gets where results are kept.</summary>
    public required IRunStore Store { get; init; }

    /// <summary>Gets the places on this machine.</summary>
    public required Workplace Workplace { get; init; }

    /// <summary>Gets how far work is shown to be.</summary>
    public required IProgressSink Progress { get; init; }

    /// <summary>Gets the clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Gets what makes a device of its text, such as <c>local</c> or <c>replay:FILE</c>.</summary>
    public required Func<string, IDevice> OpenDevice { get; init; }

    /// <summary>Gets where files are kept that other machines need, or <see langword="null"/> if all work is done in these folders.</summary>
    public IBlobStore? Blobs { get; init; }
}
