using NasEngine.Core.Randomness;
using NasEngine.Training.DataSets;

namespace NasEngine.Benchmarks.Training;

/// <summary>Data without content, for times and counts that do not depend on it.</summary>
internal static class RandomImages
{
    private const int TestImages = 16;

    /// <summary>Draws a data set of grey images; the same one each time.</summary>
    /// <param name="count">Training images.</param>
    /// <param name="side">Height and width, in pixels.</param>
    /// <param name="classes">Classes, each with as many images.</param>
    public static ImageDataSet Draw(int count, int side, int classes) =>
        new("random", [.. Enumerable.Range(0, classes).Select(number => $"c{number}")], Draw(count, side, classes, 1), Draw(TestImages, side, classes, 2));

    private static LabelledImages Draw(int count, int side, int classes, int seed)
    {
        byte[] pixels = new byte[count * side * side];
        new SeedTree(seed).CreateRandom().NextBytes(pixels);
        return new LabelledImages(1, side, side, pixels, [.. Enumerable.Range(0, count).Select(index => index % classes)]);
    }
}
