namespace NasEngine.Reports.Content;

/// <summary>A network as a drawing needs it: from input to output.</summary>
/// <param name="Input">The input in words, such as <c>1 × 28 × 28</c>.</param>
/// <param name="Stages">The parts in order: a stem is a stage of one block.</param>
/// <param name="Output">The output in words, such as <c>10 classes</c>.</param>
public sealed record NetworkDrawing(string Input, IReadOnlyList<StageDrawing> Stages, string Output);
