using System.Collections.Immutable;
using System.Globalization;
using NasEngine.Core.Errors;
using NasEngine.Core.Spaces;
using NasEngine.Testing.Networks;

namespace NasEngine.UnitTests.Core;

internal sealed class SearchSpaceTests
{
    private static readonly SearchSpace Shipped = TestSpaces.FashionMobile();

    [TestCase("[1, 2]", "[3, 5]", "[1, 2]", "[0.5, 1]")]
    [TestCase("[1]", "[3]", "[1]", "[1]")]
    [TestCase("[2]", "[3, 5]", "[1]", "[0.5, 0.75, 1]")]
    [TestCase("[1, 3]", "[3]", "[1, 2]", "[1]")]
    [TestCase("[2, 3]", "[3, 5]", "[2]", "[1]")]
    public void Size_SmallSpace_IsTheNumberOfDifferentCanonicalGenotypes(string depths, string kernels, string expands, string widths)
    {
        SearchSpace space = Space(depths, kernels, expands, widths);
        Assert.That(space.Size, Is.EqualTo((System.Numerics.BigInteger)Enumerate(space).Select(choices => space.Canonical(choices)).Distinct().Count()));
    }

    [Test]
    public void Size_ShippedSpace_IsTheProductWorkedOutByHand()
    {
        // 3 resolutions; each of 3 stages has a depth d of 1 or 2 with (2 · 3)^d blocks, and 3 widths, but 2 in the first.
        const long Blocks = 6 + 36;
        Assert.That(Shipped.Size, Is.EqualTo((System.Numerics.BigInteger)(3 * (Blocks * 2) * (Blocks * 3) * (Blocks * 3))));
    }

    [Test]
    public void Canonical_OnlyInactiveGenesDiffer_GivesEqualGenotypes()
    {
        Random random = new(1);
        for (int trial = 0; trial < 200; trial++)
        {
            Genotype genotype = Shipped.Sample(random);
            byte[] changed = [.. genotype.Choices.Select((choice, gene) => Shipped.IsActive(genotype, gene) ? choice : (byte)random.Next(Shipped.Genes[gene].Choices.Length))];
            Assert.That(Shipped.Canonical(changed), Is.EqualTo(genotype));
        }
    }

    [Test]
    public void Canonical_AnActiveGeneDiffers_GivesAnotherGenotype()
    {
        Genotype largest = Shipped.Largest;
        for (int gene = 0; gene < Shipped.Genes.Length; gene++)
        {
            byte[] changed = [.. largest.Choices];
            changed[gene] = 0;
            Assert.That(Shipped.Canonical(changed), Is.Not.EqualTo(largest), Shipped.Genes[gene].ToString());
        }
    }

    [Test]
    public void Canonical_WrongLengthOrChoice_Throws()
    {
        Assert.That(() => Shipped.Canonical(new byte[3]), Throws.ArgumentException.With.Message.Contains("choices, got 3"));
        byte[] beyond = [.. Shipped.Smallest.Choices];
        beyond[0] = 3;
        Assert.That(() => Shipped.Canonical(beyond), Throws.ArgumentException.With.Message.Contains("resolution[0] has 3 choices, not one numbered 3"));
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public bool Parse_AfterFormat_GivesTheSameGenotype(int seed)
    {
        Genotype genotype = Shipped.Sample(new Random(seed));
        return Shipped.Parse(Shipped.Format(genotype)).Equals(genotype);
    }

    [Test]
    public void Format_Smallest_PutsDashesWhereGenesDoNotMatter()
    {
        Assert.That(
            Shipped.Format(Shipped.Smallest),
            Is.EqualTo("resolution=20 depth=1,1,1 kernel=3,-,3,-,3,- expand=2,-,2,-,2,- width=0.5,0.5,0.5"));
    }

    [TestCase("", "5 dimensions are expected (resolution, depth, kernel, expand, width)")]
    [TestCase("resolution=21 depth=1,1,1 kernel=3,-,3,-,3,- expand=2,-,2,-,2,- width=0.5,0.5,0.5", "resolution is one of 20, 24, 28")]
    [TestCase("resolution=20 depth=1,1 kernel=3,-,3,-,3,- expand=2,-,2,-,2,- width=0.5,0.5,0.5", "depth takes 3 values")]
    [TestCase("resolution=20 kernel=3,-,3,-,3,- depth=1,1,1 expand=2,-,2,-,2,- width=0.5,0.5,0.5", "'depth=' is expected where")]
    [TestCase("resolution=20 depth=1,1,1 kernel=3,3,3,-,3,- expand=2,-,2,-,2,- width=0.5,0.5,0.5", "dashes must stand where genes do not matter")]
    [TestCase("resolution=- depth=1,1,1 kernel=3,-,3,-,3,- expand=2,-,2,-,2,- width=0.5,0.5,0.5", "dashes must stand where genes do not matter")]
    public void Parse_NotAnArchitecture_SaysWhy(string text, string why)
    {
        Assert.That(() => Shipped.Parse(text), Throws.TypeOf<UsageException>().With.Message.Contains(why));
    }

    [Test]
    public void Sample_SameSeed_GivesTheSameArchitectures()
    {
        (Random first, Random second) = (new Random(9), new Random(9));
        Assert.That(Enumerable.Range(0, 20).Select(_ => Shipped.Sample(first)), Is.EqualTo(Enumerable.Range(0, 20).Select(_ => Shipped.Sample(second))));
    }

    [Test]
    public void Fingerprint_OnlyObjectivesDiffer_IsEqual()
    {
        SearchSpace other = TestSpaces.Read(TestSpaces.TinyText.Replace("\"version\": 1,", "\"version\": 2, \"objectives\": [ { \"metric\": \"loss\" } ],", StringComparison.Ordinal));
        Assert.That(other.Fingerprint, Is.EqualTo(TestSpaces.Tiny().Fingerprint).And.Length.EqualTo(16));
    }

    [TestCase("[8, 12]", "[8, 16]")]
    [TestCase("\"channels\": 8,", "\"channels\": 10,")]
    [TestCase("\"classes\": 3", "\"classes\": 4")]
    [TestCase("\"channelMultiple\": 2", "\"channelMultiple\": 4")]
    [TestCase("\"stride\": 2 }", "\"stride\": 1 }")]
    public void Fingerprint_TheNetworksDiffer_Differs(string old, string replacement)
    {
        Assert.That(TestSpaces.Read(TestSpaces.TinyText.Replace(old, replacement, StringComparison.Ordinal)).Fingerprint, Is.Not.EqualTo(TestSpaces.Tiny().Fingerprint));
    }

    [Test]
    public void Constructor_AConditionHangsOnAConditionalGene_Throws()
    {
        ImmutableArray<Gene> genes = [new("a", 0, [1, 2]), new("b", 0, [1, 2], new GeneCondition(0, 2)), new("c", 0, [1, 2], new GeneCondition(1, 2))];
        Assert.That(() => new SearchSpace("n", "f", 1, new SpaceTask("k", "d", 1, 2), new PlainLayout(genes), [], []), Throws.ArgumentException);
    }

    private static IEnumerable<byte[]> Enumerate(SearchSpace space)
    {
        byte[] choices = new byte[space.Genes.Length];
        int gene = 0;
        while (gene < choices.Length)
        {
            yield return [.. choices];
            for (gene = 0; gene < choices.Length && ++choices[gene] == space.Genes[gene].Choices.Length; gene++)
            {
                choices[gene] = 0;
            }
        }
    }

    private static SearchSpace Space(string depths, string kernels, string expands, string widths) => TestSpaces.Read(string.Create(CultureInfo.InvariantCulture, $$"""
        { "name": "s", "family": "mobile-cnn", "task": { "kind": "image-classification", "data": "d", "channels": 1, "classes": 2 },
          "dimensions": [ { "name": "resolution", "choices": [8, 12] }, { "name": "depth", "choices": {{depths}} }, { "name": "kernel", "choices": {{kernels}} },
            { "name": "expand", "choices": {{expands}} }, { "name": "width", "choices": {{widths}} } ],
          "stem": { "channels": 8 }, "stages": [ { "channels": 16, "stride": 1 }, { "channels": 16, "stride": 2 } ], "head": { "channels": 16 }, "channelMultiple": 2 }
        """));

    private sealed record PlainLayout(ImmutableArray<Gene> Genes) : SpaceLayout(Genes);
}
