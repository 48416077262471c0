namespace NasEngine.Core.Runs;

/// <summary>A run as it is stored.</summary>
/// <param name="Id">The run's id; also the name of its folder. Letters, digits, '-', '_' and '.'.</param>
/// <param name="Name">The name its user gave.</param>
/// <param name="SpaceName">The search space's name.</param>
/// <param name="SpaceFingerprint">The fingerprint of the space's networks.</param>
/// <param name="Experiment">The experiment that the run carries out, as JSON with every default written out, the space included.</param>
/// <param name="Seed">The seed of every random draw.</param>
/// <param name="State">How far it is.</param>
/// <param name="CreatedAt">When it was first started.</param>
/// <param name="Environment">Host, processor, versions and commit, as JSON.</param>
/// <param name="Until">The step that it is to stop after, or several separated by commas; <see langword="null"/> to go on to its end.</param>
public sealed record RunRecord(
    string Id, string Name, string SpaceName, string SpaceFingerprint, string Experiment, long Seed, RunState State, DateTimeOffset CreatedAt, string Environment, string? Until = null);

/// <summary>How far a run is.</summary>
public enum RunState
{
    /// <summary>Started; a process may be at work on it, or may have died.</summary>
    Running,

    /// <summary>Stopped by its user, or after the step that it was to stop after; starting it again goes on where it was.</summary>
    Stopped,

    /// <summary>Ended with an error.</summary>
    Failed,

    /// <summary>Every step is done.</summary>
    Done,
}
