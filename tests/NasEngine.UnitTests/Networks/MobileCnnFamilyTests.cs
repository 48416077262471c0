using System.Globalization;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Networks.Families.MobileCnn;
using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;
using NasEngine.Testing;
using NasEngine.Testing.Networks;

namespace NasEngine.UnitTests.Networks;

internal sealed class MobileCnnFamilyTests
{
    private static INetworkFamily Family => TestSpaces.MobileCnn;

    [Test]
    public void Plan_EveryArchitectureOfASmallSpace_IsDifferent()
    {
        // Expansion 2 and widths of whole multiples, so that no two choices round to the same channels.
        SearchSpace space = TestSpaces.Tiny();
        Genotype[] all = [.. Enumerate(space).Select(choices => space.Canonical(choices)).Distinct()];
        IEnumerable<string> plans = all.Select(genotype => Describe(Family.Plan(space, genotype)));
        Assert.That(all, Has.Length.EqualTo((int)space.Size));
        Assert.That(plans.Distinct().Count(), Is.EqualTo(all.Length));
    }

    [Test]
    public void Plan_EveryGene_ChangesSomePlan()
    {
        SearchSpace space = TestSpaces.FashionMobile();
        string largest = Describe(Family.Plan(space, space.Largest));
        for (int gene = 0; gene < space.Genes.Length; gene++)
        {
            byte[] changed = [.. space.Largest.Choices];
            changed[gene]--;
            Assert.That(Describe(Family.Plan(space, space.Canonical(changed))), Is.Not.EqualTo(largest), space.Genes[gene].ToString());
        }
    }

    [Test]
    public void Read_AnySubnet_GivesScoresForEveryClassAndUsesWeightsOfTheSupernet()
    {
        SearchSpace space = TestSpaces.FashionMobile();
        HashSet<string> known = [.. Family.Weights(space).Select(weight => weight.Name)];
        Random random = new(2);
        for (int trial = 0; trial < 100; trial++)
        {
            IReadOnlyList<Operation> operations = ShapeReader.Trace(Family, Family.Plan(space, space.Sample(random)));
            Assert.That(operations[^1].Output.Shape, Is.EqualTo(new[] { 10 }));
            Assert.That(operations.SelectMany(operation => operation.Weights).Select(slice => slice.Weight.Name).Except(known), Is.Empty);
        }
    }

    [Test]
    public void Weights_ShippedSpace_HaveTheApprovedNamesAndShapes()
    {
        Approval.Verify(string.Join('\n', Family.Weights(TestSpaces.FashionMobile())
            .Select(weight => string.Create(CultureInfo.InvariantCulture, $"{weight.Name} [{string.Join(" × ", weight.Shape)}] {weight.Role}"))));
    }

    [Test]
    public void ReadLayout_WidthsThatRoundToTheSameChannels_KeepOnlyTheLargest()
    {
        // 0.75 · 24 = 18 would round to 16, more than a tenth below, so it becomes 24, as width 1 does.
        IEnumerable<string> widths = TestSpaces.FashionMobile().Genes.Where(gene => gene.Dimension == "width").Select(gene => string.Join(' ', gene.Choices));
        Assert.That(widths, Is.EqualTo(new[] { "0.5 1", "0.5 0.75 1", "0.5 0.75 1" }));
    }

    [TestCase(32, 8, 32)]
    [TestCase(3, 8, 8)]
    [TestCase(12, 8, 16)]
    [TestCase(11.9, 8, 16)]
    [TestCase(17, 8, 16)]
    [TestCase(19, 8, 24)]
    [TestCase(36, 8, 40)]
    [TestCase(7, 1, 7)]
    public void Channels_AWantedNumber_RoundsToAMultipleAndNeverATenthBelow(double wanted, int multiple, int channels)
    {
        Assert.That(MobileCnnFamily.Channels(wanted, multiple), Is.EqualTo(channels));
        Assert.That(channels % multiple, Is.Zero);
        Assert.That(channels, Is.GreaterThanOrEqualTo(0.9 * wanted));
    }

    [Test]
    public void Check_AnImageTooSmallForItsStrides_StillHasANetwork()
    {
        SearchSpace space = TestSpaces.Read(TestSpaces.TinyText.Replace("\"stride\": 2", "\"stride\": 4", StringComparison.Ordinal));
        Assert.That(Family.Check(space), Is.Null);
    }

    [Test]
    public void Check_ASupernetBeyondReason_SaysHowManyWeightsItHas()
    {
        string text = TestSpaces.TinyText.Replace("\"channels\": 4, \"stride\": 1 }, { \"channels\": 8", "\"channels\": 4096, \"stride\": 1 }, { \"channels\": 4096", StringComparison.Ordinal)
            .Replace("\"expand\", \"per\": \"block\", \"choices\": [1, 2]", "\"expand\", \"per\": \"block\", \"choices\": [1, 16]", StringComparison.Ordinal)
            .Replace("\"depth\", \"per\": \"stage\", \"choices\": [1, 2]", "\"depth\", \"per\": \"stage\", \"choices\": [1, 16]", StringComparison.Ordinal);
        Assert.That(() => TestSpaces.Read(text), Throws.TypeOf<NasEngine.Core.Errors.InputFormatException>().With.Message.Contains("weights; at most 2000000000 are allowed"));
    }

    private static string Describe(Plan plan) => string.Join('\n', ShapeReader.Trace(Family, plan)
        .Select(operation => $"{operation.Kind} {operation.Kernel} {operation.Stride} {string.Join('x', operation.Output.Shape)} {string.Join(' ', operation.Weights.Select(Describe))}"));

    private static string Describe(WeightSlice slice) => $"{slice.Weight.Name}[{string.Join(',', slice.Ranges)}]";

    private static IEnumerable<byte[]> Enumerate(SearchSpace space)
    {
        // Genes that hang on a shallow stage are left at 0; Distinct would drop the others anyway.
        IEnumerable<byte[]> all = [[]];
        foreach (Gene gene in space.Genes)
        {
            all = all.SelectMany(prefix => Enumerable.Range(0, IsOff(space, prefix, gene) ? 1 : gene.Choices.Length).Select(choice => (byte[])[.. prefix, (byte)choice]));
        }

        return all;
    }

    private static bool IsOff(SearchSpace space, byte[] prefix, Gene gene) =>
        gene.ActiveWhen is GeneCondition condition && space.Genes[condition.Gene].Choices[prefix[condition.Gene]] < condition.Minimum;
}
