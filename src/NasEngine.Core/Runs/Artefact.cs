namespace NasEngine.Core.Runs;

/// <summary>A file that a run made.</summary>
/// <param name="Name">The name within the run, such as <c>model.onnx</c>.</param>
/// <param name="Kind">What it is: <c>checkpoint</c>, <c>model</c>, <c>report</c>, <c>chart</c>, <c>table</c>.</param>
/// <param name="Path">Where it lies, relative to the run's folder unless it was written elsewhere.</param>
/// <param name="Sha256">The digest of its content, lower-case hexadecimal.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Details">More about it, as JSON.</param>
public sealed record Artefact(string Name, string Kind, string Path, string Sha256, long Bytes, string Details);
