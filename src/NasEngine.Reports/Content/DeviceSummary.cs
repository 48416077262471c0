namespace NasEngine.Reports.Content;

/// <summary>The device that latencies were measured on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fingerprint">Its fingerprint.</param>
/// <param name="Description">Processor, runtime and threads in words; may be empty.</param>
/// <param name="Warnings">What went wrong while measuring, such as drift; one sentence each.</param>
/// <param name="NotControlled">What the measurement could not control, such as the clock frequency; one phrase each.</param>
public sealed record DeviceSummary(
    string Name, string Fingerprint, string Description, IReadOnlyList<string> Warnings, IReadOnlyList<string> NotControlled);
