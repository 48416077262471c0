namespace NasEngine.Reports.Content;

/// <summary>Blocks that belong together.</summary>
/// <param name="Name">The label, such as <c>Stem</c> or <c>Stage 2</c>.</param>
/// <param name="Resolution">Height and width of the stage's output, in pixels; 0 if it has none.</param>
/// <param name="Blocks">The blocks, in order.</param>
public sealed record StageDrawing(string Name, int Resolution, IReadOnlyList<BlockDrawing> Blocks);
