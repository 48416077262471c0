namespace NasEngine.Training.DataSets;

/// <summary>A known data set and whether it is at hand.</summary>
/// <param name="DataSet">The data set.</param>
/// <param name="Folder">Where it lies, or would lie.</param>
/// <param name="IsPresent">Whether its training images are there; they are not opened for this.</param>
public sealed record DataSetListing(KnownDataSet DataSet, string Folder, bool IsPresent);
