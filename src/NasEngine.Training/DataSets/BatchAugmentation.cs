namespace NasEngine.Training.DataSets;

/// <summary>How each image of a batch is changed before it is trained on.</summary>
/// <remarks>An image is flipped first and shifted then; what is shifted in is dark (0), as when a padded image is cropped.</remarks>
/// <param name="Down">Rows that each image moves down, <c>[n]</c>; negative for up.</param>
/// <param name="Right">Columns that each image moves to the right, <c>[n]</c>; negative for left.</param>
/// <param name="Flip">Whether each image is mirrored left to right, <c>[n]</c>.</param>
public sealed record BatchAugmentation(IReadOnlyList<int> Down, IReadOnlyList<int> Right, IReadOnlyList<bool> Flip);
