namespace NasEngine.Training.DataSets;

/// <summary>How images in class folders become a data set.</summary>
public sealed record ImageFolderOptions
{
    /// <summary>Gets the height and width that every image is resized to, in pixels, without regard to its shape. From 1 to 1024; <see langword="null"/>, unless set, requires equal sizes.</summary>
    public int? Size { get; init; }

    /// <summary>Gets the share of each class that becomes the test part when the folder has no <c>test/</c>. From 0.01 to 0.9; 0.2 unless set.</summary>
    public double TestShare { get; init; } = 0.2;

    /// <summary>Gets the seed of the draw of the test part.</summary>
    public long Seed { get; init; }
}
