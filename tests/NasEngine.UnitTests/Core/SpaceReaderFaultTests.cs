using NasEngine.Core.Errors;
using NasEngine.Testing;
using NasEngine.Testing.Networks;

namespace NasEngine.UnitTests.Core;

/// <summary>The messages for every fault a person is likely to make, approved as one text.</summary>
internal sealed class SpaceReaderFaultTests
{
    private static readonly (string Case, string Old, string New)[] Faults =
    [
        ("unknown key", "\"channelMultiple\"", "\"chanelMultiple\""),
        ("unknown key in a nested object", "\"stride\": 2 }\n  ],", "\"stride\": 2, \"strides\": 2 }\n  ],"),
        ("unknown key that is near to nothing", "\"head\"", "\"zzzzzz\": 1, \"head\""),
        ("unknown metric", "\"metric\": \"accuracy\"", "\"metric\": \"acuracy\""),
        ("unknown family", "\"mobile-cnn\"", "\"mobilecnn\""),
        ("unknown dimension", "\"name\": \"kernel\"", "\"name\": \"kernels\""),
        ("missing key", "\"task\"", "\"$schema2\": \"\", \"tusk\""),
        ("missing nested key", ", \"classes\": 10", ""),
        ("missing dimension", "{ \"name\": \"resolution\", \"choices\": [20, 24, 28] },", ""),
        ("text for a number", "\"version\": 1", "\"version\": \"one\""),
        ("number for a text", "\"fashion-mobile\"", "17"),
        ("object for a list", "\"choices\": [20, 24, 28]", "\"choices\": {}"),
        ("list with another kind", "[20, 24, 28]", "[20, \"24\", 28]"),
        ("out of range", "\"channels\": 32", "\"channels\": 0"),
        ("far out of range", "\"channels\": 32", "\"channels\": 1e300"),
        ("a fraction where whole numbers are meant", "[20, 24, 28]", "[20, 24.5, 28]"),
        ("choices not ascending", "[2, 3, 4]", "[2, 4, 3]"),
        ("a choice twice", "[2, 3, 4]", "[2, 2, 3]"),
        ("no choices", "[2, 3, 4]", "[]"),
        ("even kernel", "[3, 5]", "[3, 4]"),
        ("a dimension twice", "{ \"name\": \"width\", \"per\": \"stage\"", "{ \"name\": \"kernel\", \"per\": \"block\""),
        ("wrong scope", "\"kernel\", \"per\": \"block\"", "\"kernel\", \"per\": \"stage\""),
        ("wrong unit", "\"max\": \"4 ms\"", "\"max\": \"4 MiB\""),
        ("no unit", "\"max\": \"4 ms\"", "\"max\": 4"),
        ("negative limit", "\"max\": \"4 ms\"", "\"max\": \"-4 ms\""),
        ("minimum above maximum", "\"max\": \"4 ms\"", "\"max\": \"4 ms\", \"min\": \"5 ms\""),
        ("no limit", ", \"max\": \"4 ms\"", ""),
        ("a device for a metric without one", "\"metric\": \"accuracy\",", "\"metric\": \"accuracy\", \"device\": \"local\","),
        ("an objective twice", "{ \"metric\": \"accuracy\", \"goal\": \"maximize\" },", "{ \"metric\": \"accuracy\" }, { \"metric\": \"accuracy\" },"),
        ("bad name", "\"fashion-mobile\"", "\"../fashion\""),
        ("no stages", "{ \"channels\": 16, \"stride\": 1 },\n    { \"channels\": 32, \"stride\": 2 },\n    { \"channels\": 64, \"stride\": 2 }", ""),
        ("a key twice", "\"version\": 1", "\"version\": 1, \"version\": 2"),
        ("not JSON", "\"version\": 1,", "\"version\": 1"),
        ("cut short", "\"constraints\": [\n    { \"metric\": \"latency\", \"device\": \"local\", \"max\": \"4 ms\" }\n  ]\n}", ""),
        ("several at once", "[20, 24, 28] },\n    { \"name\": \"depth\"", "[28, 24] },\n    { \"naem\": \"depth\""),
    ];

    [Test]
    public void ReadText_EachFault_SaysWhatWhereAndWhatIsAllowed()
    {
        string good = File.ReadAllText(RepositoryFiles.PathOf("searchspaces/fashion-mobile.json"));
        Approval.Verify(string.Join("\n\n", Faults.Select(fault => $"{fault.Case}\n{MessageOf(good, fault.Old, fault.New)}")));
    }

    [Test]
    public void ReadText_RootIsAList_SaysThatAnObjectIsExpected()
    {
        Assert.That(() => TestSpaces.Read("[]"), Throws.TypeOf<InputFormatException>().With.Message.EqualTo("space.json: $: an object is expected."));
    }

    [Test]
    public void ReadText_NotUtf8_SaysSo()
    {
        byte[] text = [.. "{ \"name\": \""u8, 0xC3, 0x28, .. "\" }"u8];
        Assert.That(
            () => NasEngine.Networks.Families.NetworkFamilies.CreateSpaceReader().ReadText("space.json", text),
            Throws.TypeOf<InputFormatException>().With.Message.EqualTo("space.json: is not UTF-8 text."));
    }

    [TestCase("{ \"name\": \"\\ud800\" }")]
    [TestCase("{ \"\\ud800\": 1 }")]
    public void ReadText_HalfAUtf16Pair_IsAnInputFault(string text)
    {
        Assert.That(() => TestSpaces.Read(text), Throws.TypeOf<InputFormatException>().With.Message.StartsWith("space.json: "));
    }

    [Test]
    public void ReadText_Empty_IsAnInputFault()
    {
        Assert.That(() => TestSpaces.Read(string.Empty), Throws.TypeOf<InputFormatException>());
    }

    [Test]
    public void ReadFile_ThereIsNone_NamesTheFile()
    {
        Assert.That(
            () => NasEngine.Networks.Families.NetworkFamilies.CreateSpaceReader().ReadFile("nowhere/space.json"),
            Throws.TypeOf<UsageException>().With.Message.EqualTo("There is no file nowhere/space.json."));
    }

    private static string MessageOf(string good, string old, string replacement)
    {
        Assert.That(good, Does.Contain(old));
        int at = good.IndexOf(old, StringComparison.Ordinal);
        string bad = string.Concat(good.AsSpan(0, at), replacement, good.AsSpan(at + old.Length));
        try
        {
            TestSpaces.Read(bad);
            return "(accepted)";
        }
        catch (NasException problem)
        {
            return $"[{problem.Kind}] {problem.Message}";
        }
    }
}
