using NasEngine.Core.Json;

namespace NasEngine.UnitTests.Core;

internal sealed class NearestNameTests
{
    private static readonly string[] Known = ["kernel", "expand", "depth", "width", "resolution"];

    [TestCase("kernels", "kernel")]
    [TestCase("Kernel", "kernel")]
    [TestCase("krenel", "kernel")]
    [TestCase("widht", "width")]
    [TestCase("widt", "width")]
    [TestCase("dept", "depth")]
    [TestCase("resolutoin", "resolution")]
    [TestCase("abc", null)]
    [TestCase("", null)]
    public void Find_AName_GivesTheNearestIfItIsNear(string name, string? expected)
    {
        Assert.That(NearestName.Find(name, Known), Is.EqualTo(expected));
    }

    [Test]
    public void Find_AVeryLongName_GivesNone()
    {
        Assert.That(NearestName.Find(new string('k', 65), [new string('k', 65)]), Is.Null);
    }
}
