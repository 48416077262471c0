using System.Text.RegularExpressions;
using NasEngine.Testing;

namespace NasEngine.UnitTests.Architecture;

internal sealed class SourceTextTests
{
    private const int LongestFile = 400;

    // The clock and randomness are injected, waiting is asynchronous, and no path of the machine that a line was written on stays in it.
    private static readonly string[] Banned =
    [
        @"Random\.Shared", @"new Random\(\)", @"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b", @"Thread\.Sleep", @"""/work\b", @"""/root\b", @"""/tmp/", @"""/home/",
    ];

    [Test]
    public void Files_OfTheSource_AreAtMost400LinesLong() =>
        Assert.That(Sources().Where(file => File.ReadLines(file).Count() > LongestFile), Is.Empty);

    [TestCaseSource(nameof(Banned))]
    public void Files_OfTheSource_HoldNothingBanned(string pattern)
    {
        IEnumerable<string> hits = Sources().SelectMany(file => File.ReadLines(file)
            .Select((text, index) => (text, index)).Where(line => Regex.IsMatch(line.text, pattern)).Select(line => $"{file}:{line.index + 1}: {line.text.Trim()}"));
        Assert.That(hits, Is.Empty);
    }

    // Shell and JavaScript run from anywhere too; words outside quotes count there.
    [Test]
    public void Scripts_OfTheSource_NameNoPathOfOneMachine()
    {
        IEnumerable<string> files = Directory.EnumerateFiles(RepositoryFiles.PathOf("src"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".sh" or ".mjs" or ".csproj" or ".cpp" or ".h").Where(IsOurs).Append(RepositoryFiles.PathOf("nas"));
        IEnumerable<string> hits = files.SelectMany(file => File.ReadLines(file).Where(line => Regex.IsMatch(line, @"(^|[\s""'=(:])(/work|/root)\b")).Select(line => $"{file}: {line.Trim()}"));
        Assert.That(hits, Is.Empty);
    }

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(RepositoryFiles.PathOf("src"), "*.cs", SearchOption.AllDirectories).Where(IsOurs);

    private static bool IsOurs(string file) =>
        !Path.GetRelativePath(RepositoryFiles.Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules");
}
