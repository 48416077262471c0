namespace NasEngine.Jobs.Profiling;

/// <summary>Which kernels are measured.</summary>
/// <param name="SpaceFile">The space.</param>
/// <param name="Count">How many architectures are looked through for kernels; a space that has fewer is looked through whole.</param>
/// <param name="Networks">How many whole networks are measured too, to say how well sums of kernels foretell them.</param>
/// <param name="File">The kernel table to write. What was measured lies beside it, as <see cref="RecordingOf"/> says, and is gone on with.</param>
/// <param name="Seed">The seed of the draws.</param>
public sealed record KernelProfileRequest(string SpaceFile, int Count, int Networks, string File, long Seed)
{
    /// <summary>Gives the name of the recording that belongs to a kernel table.</summary>
    public static string RecordingOf(string file) => Path.ChangeExtension(file, ".measurements.jsonl");
}
