using NasEngine.Core.Errors;
using NasEngine.Core.Predictors;
using NasEngine.Core.Randomness;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Testing;
using NasEngine.Testing.Networks;

namespace NasEngine.UnitTests.Core.Tables;

internal sealed class TableSpaceTests
{
    private const string Depths = """
        { "name": "t", "family": "table", "genes": [
          { "column": "depth", "choices": [1, 2, 3] },
          { "column": "op1", "dimension": "op", "choices": ["conv 3,3", "-", "a=b"] },
          { "column": "op2", "dimension": "op", "choices": ["conv 3,3", "-", "a=b"], "activeWhen": { "gene": "depth", "min": 2 } },
          { "column": "size", "choices": ["small", "large"], "ordered": true } ] }
        """;

    [Test]
    public void Size_CellOf201_IsAllCells() => Assert.That(Cells().Size, Is.EqualTo((System.Numerics.BigInteger)15625));

    [Test]
    public void Size_OnceForAll_CountsDepthMasks()
    {
        SearchSpace space = Shipped("ofa-mobilenet-v3");
        System.Numerics.BigInteger unit = 81 + 729 + 6561;
        Assert.That(space.Size, Is.EqualTo(25 * unit * unit * unit * unit * unit));
    }

    [Test]
    public void Format_LabelsWithSeparators_ParsesBack()
    {
        SearchSpace space = TestSpaces.Read(Depths);
        Random random = new SeedTree(4).CreateRandom();
        for (int draw = 0; draw < 100; draw++)
        {
            Genotype genotype = space.Sample(random);
            Assert.That(space.Parse(space.Format(genotype)), Is.EqualTo(genotype), space.Format(genotype));
        }
    }

    [Test]
    public void Kinds_TextsAndOrderedTexts_AreWhatTheFileSays()
    {
        SearchSpace space = TestSpaces.Read(Depths);
        Assert.That(space.Genes.Select(gene => gene.IsCategorical), Is.EqualTo(new[] { false, true, true, false }));
        Assert.That(space.Genes[3].ChoiceOf("large"), Is.EqualTo(1));
    }

    [Test]
    public void Features_GeneThatDoesNotMatter_AreAllZero()
    {
        SearchSpace space = TestSpaces.Read(Depths);
        ArchitectureFeatures features = new(space, ArchitectureEncoding.All);
        double[] shallow = features.Of(space.Canonical([0, 1, 2, 1]));
        Assert.That(features.Columns.Zip(shallow).Where(pair => pair.First.StartsWith("op[1]", StringComparison.Ordinal)).Select(pair => pair.Second), Has.All.Zero);
        Assert.That(features.Columns.Zip(shallow), Does.Contain(("op.count=-", 1.0)).And.Contain(("op.count=conv 3,3", 0.0)).And.Contain(("depth[0].value", 1.0)));
    }

    [Test]
    public void Features_OneWayThroughTheCell_CountsOnlyIt()
    {
        // 0 →conv3x3→ 1 →skip→ 3; node 2 is entered but never left.
        SearchSpace space = Cells();
        Genotype genotype = space.Parse("edge=conv3x3,conv1x1,none,none,skip,none");
        Dictionary<string, double> values = Values(space, genotype);
        Assert.That(values["graph.edges"], Is.EqualTo(2));
        Assert.That(values["graph.depth"], Is.EqualTo(2));
        Assert.That(values["graph.paths"], Is.EqualTo(1));
        Assert.That(values["graph.used=conv1x1"], Is.Zero);
        Assert.That(values["graph.shortest=conv3x3"], Is.EqualTo(5), "no way of conv3x3 alone");
        Assert.That(values["graph.shortest=skip+conv3x3"], Is.EqualTo(2));
        Assert.That(values["graph.most=conv3x3"], Is.EqualTo(1));
        Assert.That(values["graph.least=conv3x3"], Is.EqualTo(1));
        Assert.That(values["graph.out=conv3x3"], Is.EqualTo(1));
        Assert.That(values["graph.in=skip"], Is.EqualTo(1));
        Assert.That(values["graph.inner.out=skip"], Is.EqualTo(0.5));
    }

    [Test]
    public void Features_NoWayThrough_SayThatNothingFlows()
    {
        SearchSpace space = Cells();
        Dictionary<string, double> values = Values(space, space.Parse("edge=conv3x3,none,none,none,none,conv1x1"));
        Assert.That(values["graph.edges"] + values["graph.depth"] + values["graph.paths"] + values["graph.most=conv3x3"], Is.Zero);
        Assert.That(values["graph.shortest=conv3x3"], Is.EqualTo(5));
    }

    [TestCase("[1, \"a\", true]", "a text or a number is expected")]
    [TestCase("[2, 1]", "numbers must ascend")]
    [TestCase("[1, 1]", "no two equal")]
    public void Choices_Faulty_AreNamed(string choices, string problem) => Assert.That(
        () => TestSpaces.Read($$"""{ "name": "t", "family": "table", "genes": [ { "column": "a", "choices": {{choices}} } ] }"""),
        Throws.InstanceOf<InputFormatException>().With.Message.Contains("$.genes[0].choices").And.Message.Contains(problem));

    [Test]
    public void Networks_OfATable_AreRefusedInOneLine() => Assert.That(
        () => NetworkFamilies.Of(Cells()), Throws.InstanceOf<UsageException>().With.Message.Contains("has no networks"));

    private static Dictionary<string, double> Values(SearchSpace space, Genotype genotype)
    {
        ArchitectureFeatures features = new(space);
        return features.Columns.Zip(features.Of(genotype)).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private static SearchSpace Cells() => Shipped("nas-bench-201");

    private static SearchSpace Shipped(string name) => NetworkFamilies.CreateSpaceReader().ReadFile(RepositoryFiles.PathOf($"searchspaces/{name}.json"));
}
