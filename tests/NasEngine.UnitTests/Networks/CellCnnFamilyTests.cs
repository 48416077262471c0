using NasEngine.Core.Errors;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Networks.Kernels;
using NasEngine.Networks.Readers;
using NasEngine.Onnx.Weights;
using NasEngine.Testing.Networks;

namespace NasEngine.UnitTests.Networks;

internal sealed class CellCnnFamilyTests
{
    private static INetworkFamily Family => TestSpaces.CellCnn;

    [Test]
    public void Genes_OfTheShippedSpace_AreTheSixEdgesOfAGraphOfFourNodes()
    {
        SearchSpace space = TestSpaces.CellCifar();
        CellGraph graph = ((ICellLayout)space.Layout).Graph!;
        Assert.That(space.Size, Is.EqualTo((System.Numerics.BigInteger)15625));
        Assert.That(space.Genes.Select(gene => gene.IsCategorical), Is.All.True);
        Assert.That(graph.Edges.Select(edge => (edge.Gene, edge.From, edge.To)), Is.EqualTo(new[] { (0, 0, 1), (1, 0, 2), (2, 0, 3), (3, 1, 2), (4, 1, 3), (5, 2, 3) }));
        Assert.That((graph.Nodes, graph.Absent.Single()), Is.EqualTo((4, "none")));
        Genotype cell = space.Parse("edge=none,skip,avgpool3x3,conv1x1,conv3x3,none");
        Assert.That(space.Format(cell), Is.EqualTo("edge=none,skip,avgpool3x3,conv1x1,conv3x3,none"));
    }

    // Edge 1→3 leads from a node that nothing reaches, edge 0→2 to one that leads nowhere.
    [TestCase("edge=none,conv3x3,skip,none,conv3x3,none", "edge=none,none,skip,none,none,none")]
    [TestCase("edge=conv1x1,none,none,none,none,conv3x3", "edge=none,none,none,none,none,none")]
    public void Plan_EdgesOnNoWayThrough_LeavesThemOut(string given, string same)
    {
        SearchSpace space = TestSpaces.CellCifar();
        Assert.That(Family.Plan(space, space.Parse(given)).ToString(), Is.EqualTo(Family.Plan(space, space.Parse(same)).ToString()));
    }

    [Test]
    public void Read_NoWayThrough_GivesANetworkThatIsTheSameForEveryImage()
    {
        SearchSpace space = TestSpaces.TinyCells();
        Plan plan = Family.Plan(space, space.Smallest);
        Assert.That(ShapeReader.Trace(Family, plan).Count(operation => operation.Kind == OperationKind.Zero), Is.EqualTo(2));
        ArrayWeightSource weights = new(RandomWeights.Draw(Family, space, 5));
        float[] scores = ReferenceInterpreter.Run(Family, plan, weights, 2, RandomWeights.Images(plan, 2, 7));
        Assert.That(scores[..3], Is.EqualTo(scores[3..]).And.Some.Not.Zero);
    }

    [Test]
    public void Weights_OfASpace_HoldEveryOperationOfEveryEdgeOfEveryCell()
    {
        SearchSpace space = TestSpaces.TinyCells();
        HashSet<string> known = [.. Family.Weights(space).Select(weight => weight.Name)];
        Random random = new(2);
        for (int trial = 0; trial < 100; trial++)
        {
            IEnumerable<string> used = ShapeReader.Trace(Family, Family.Plan(space, space.Sample(random))).SelectMany(operation => operation.Weights).Select(slice => slice.Weight.Name);
            Assert.That(used.Except(known), Is.Empty);
        }

        Assert.That(known, Has.Member("stage1.cell0.edge1_2.sepconv5x5.depthwise2.weight"));
    }

    [Test]
    public void LatencyFeatures_OfAnyCell_KnowItsKernels()
    {
        SearchSpace space = TestSpaces.CellCifar();
        LatencyFeatures features = new(Family, space);
        Random random = new(3);
        Assert.That(Enumerable.Range(0, 200).Select(_ => features.Of(space.Sample(random)).Sum()), Is.All.Positive);
    }

    [TestCase("\"resolution\": 6", "\"resolution\": 9", "$.resolution: a multiple of 2 is expected")]
    [TestCase("\"conv5x5\"", "\"conv7x7\"", "$.cell.operations[6]: 'conv7x7' is no operation of a cell. Allowed: none, skip")]
    [TestCase("\"conv5x5\"", "\"conv3x3\"", "no two equal")]
    public void ReadLayout_AWrongValue_SaysWhatIsAllowed(string right, string wrong, string message)
    {
        Assert.That(() => TestSpaces.Read(TestSpaces.TinyCellsText.Replace(right, wrong, StringComparison.Ordinal)), Throws.InstanceOf<InputFormatException>().With.Message.Contains(message));
    }

    [Test]
    public void Sketch_OfACell_ShowsUsedAndUnusedEdges()
    {
        SearchSpace space = TestSpaces.CellCifar();
        NetworkSketch sketch = Family.Sketch(space, space.Parse("edge=conv3x3,none,skip,none,avgpool3x3,none"));
        Assert.That(sketch.Stages[0].Blocks.Select(block => $"{block.Operation} {block.IsSkipped}"), Is.EqualTo(new[]
            { "0→1 conv3x3 False", "0→3 skip False", "1→3 avgpool3x3 False", "0→2 True", "1→2 True", "2→3 True" }));
        Assert.That(sketch.Stages.Select(stage => stage.Resolution), Is.EqualTo(new[] { 32, 32, 32, 16, 8, 1 }));
    }
}
