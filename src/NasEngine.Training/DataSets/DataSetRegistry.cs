using NasEngine.Core.Errors;

namespace NasEngine.Training.DataSets;

/// <summary>Opens data sets by name, from a data root with one folder for each, or by the path of a folder, whose format its content tells.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class DataSetRegistry
{
    /// <summary>What can be read, for messages.</summary>
    internal const string Formats =
        "the four IDX files train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte (plain or .gz); "
        + "CIFAR binaries (data_batch_1.bin … and test_batch.bin, or train.bin and test.bin); "
        + "or folders of PNG images, one for each class, alone or under train/ and test/";

    private readonly string _dataRoot;

    /// <summary>Initializes a registry.</summary>
    /// <param name="dataRoot">The folder that holds data sets by name; it need not exist.</param>
    public DataSetRegistry(string dataRoot)
    {
        ArgumentNullException.ThrowIfNull(dataRoot);
        _dataRoot = dataRoot;
    }

    /// <summary>Gives every known data set and whether it is there.</summary>
    public IReadOnlyList<DataSetListing> List() =>
        [.. KnownDataSet.All.Select(known => new DataSetListing(known, FolderOf(known), IsPresent(FolderOf(known))))];

    /// <summary>Opens a data set and reads all of it.</summary>
    /// <param name="nameOrPath">A name such as <c>fashion-mnist</c>, or the path of a folder.</param>
    /// <param name="imageFolder">How images in class folders are read; <see langword="null"/> for the defaults. Without effect on other formats.</param>
    /// <exception cref="UsageException">There is no such data set or folder, or the folder holds nothing that is read.</exception>
    /// <exception cref="DamagedFileException">A file is cut short, overwritten or of another format.</exception>
    public ImageDataSet Open(string nameOrPath, ImageFolderOptions? imageFolder = null)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        KnownDataSet? known = KnownDataSet.All.FirstOrDefault(set => set.Name == nameOrPath);
        if (known is not null)
        {
            return OpenKnown(known);
        }

        if (Directory.Exists(nameOrPath))
        {
            return OpenFolder(nameOrPath, Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(nameOrPath))), imageFolder ?? new ImageFolderOptions());
        }

        throw new UsageException(File.Exists(nameOrPath)
            ? $"{nameOrPath} is a file. A data set is a folder that holds {Formats}."
            : $"There is no data set and no folder '{nameOrPath}'. Known: {string.Join(", ", KnownDataSet.All.Select(set => set.Name))}. 'nas data get NAME' gets one.");
    }

    private ImageDataSet OpenKnown(KnownDataSet known)
    {
        string folder = FolderOf(known);
        if (!IsPresent(folder))
        {
            throw new UsageException(known.CanFetch
                ? $"The data set {known.Name} is not in {folder}. Get it with 'nas data get {known.Name}'."
                : $"The data set {known.Name} is not in {folder}. Put its files there: {known.Source}.");
        }

        ImageDataSet data = IdxReader.IsIn(folder) ? IdxReader.ReadFolder(folder, known.Name, known.ClassNames) : CifarBinaryReader.ReadFolder(folder, known.Name);
        return (data.Train.Count, data.Test.Count) == (known.TrainCount, known.TestCount)
            ? data
            : throw new DamagedFileException(
                folder,
                $"The data set {known.Name} has {known.TrainCount} + {known.TestCount} images, but here are {data.Train.Count} + {data.Test.Count}.",
                "Get it again, or name the folder by its path to use a part of it.");
    }

    private static ImageDataSet OpenFolder(string folder, string name, ImageFolderOptions options)
    {
        if (IdxReader.IsIn(folder))
        {
            return IdxReader.ReadFolder(folder, name);
        }

        return CifarBinaryReader.IsIn(folder) ? CifarBinaryReader.ReadFolder(folder, name) : ImageFolderReader.ReadFolder(folder, name, options);
    }

    private string FolderOf(KnownDataSet known) => Path.Combine(_dataRoot, known.Name);

    private static bool IsPresent(string folder) => IdxReader.IsIn(folder) || CifarBinaryReader.IsIn(folder);
}
