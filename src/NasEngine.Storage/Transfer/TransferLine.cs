using System.Text.Json.Serialization;

namespace NasEngine.Storage.Transfer;

/// <summary>One line of an exported store: a JSON object whose <c>type</c> says what it is.</summary>
/// <remarks>
/// The order of the lines is that of storing; evaluations take their numbers from it. JSON documents, genotypes and metrics stand as the text
/// that is stored. A member that a later version adds goes with a new number in the first line.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(HeaderLine), "nas-store")]
[JsonDerivedType(typeof(SpaceLine), "space")]
[JsonDerivedType(typeof(RunLine), "run")]
[JsonDerivedType(typeof(NoteLine), "note")]
[JsonDerivedType(typeof(StepLine), "step")]
[JsonDerivedType(typeof(EvaluationLine), "evaluation")]
[JsonDerivedType(typeof(PredictorLine), "predictor")]
[JsonDerivedType(typeof(ArtefactLine), "artefact")]
[JsonDerivedType(typeof(MeasurementLine), "measurement")]
[JsonDerivedType(typeof(BlobLine), "file")]
[JsonDerivedType(typeof(PieceLine), "piece")]
[JsonDerivedType(typeof(EndLine), "end")]
internal abstract record TransferLine;

/// <summary>The first line.</summary>
/// <param name="Version">The version of the format.</param>
internal sealed record HeaderLine(int Version) : TransferLine;

/// <summary>A space file.</summary>
internal sealed record SpaceLine(string Fingerprint, string Sha256, string Name, string Json) : TransferLine;

/// <summary>A run; its note, steps, evaluations, predictors and artefacts follow.</summary>
internal sealed record RunLine(
    string Id, string Name, string SpaceName, string SpaceFingerprint, string Experiment, long Seed, string State, string CreatedAt, string Environment) : TransferLine;

/// <summary>What people wrote about a run; from version 2 on.</summary>
internal sealed record NoteLine(string Run, string Text, long Version, string ChangedAt) : TransferLine;

/// <summary>A step that is done.</summary>
internal sealed record StepLine(string Run, string Step, string Key, string Result, string FinishedAt) : TransferLine;

/// <summary>An evaluation.</summary>
internal sealed record EvaluationLine(string Run, string Stage, string Genotype, string Metrics) : TransferLine;

/// <summary>A predictor.</summary>
internal sealed record PredictorLine(string Run, string Target, string Kind, string Key, string Model, string Quality) : TransferLine;

/// <summary>A file that a run made.</summary>
internal sealed record ArtefactLine(string Run, string Name, string Kind, string Path, string Sha256, long Bytes, string Details) : TransferLine;

/// <summary>A measurement; a value that is NaN is null.</summary>
internal sealed record MeasurementLine(
    string Run, string Key, string Device, string Fingerprint, double? MedianMs, double? LowMs, double? HighMs, string Document, string MeasuredAt) : TransferLine;

/// <summary>Content by its digest; its pieces follow.</summary>
internal sealed record BlobLine(string Sha256, long Bytes) : TransferLine;

/// <summary>A piece of the content before it.</summary>
internal sealed record PieceLine(byte[] Content) : TransferLine;

/// <summary>The last line.</summary>
/// <param name="Lines">How many there are before it.</param>
internal sealed record EndLine(long Lines) : TransferLine;
