using NasEngine.Core.Errors;
using NasEngine.Testing.Networks;
using NasEngine.Torch;
using NasEngine.Training.ZeroCost;
using static NasEngine.Torch.torch;
using static NasEngine.UnitTests.Training.ZeroCost.ProxyFixture;

namespace NasEngine.UnitTests.Training.ZeroCost;

internal sealed class ZeroCostProxiesTests
{
    private static IEnumerable<string> Names => ZeroCostProxies.All.Select(proxy => proxy.Name);

    [TestCaseSource(nameof(Names))]
    public void Score_SameSeeds_GivesTheSameNumberForAnyFamily(string name)
    {
        IZeroCostProxy proxy = ZeroCostProxies.Find([name]).Single();
        double Score(bool cells, long seed)
        {
            using DisposeScope scope = NewDisposeScope();
            using ProxyNetwork network = cells ? Cells(seed: seed) : Create(TestSpaces.Tiny(), TestSpaces.Tiny().Largest, seed);
            using ProxyBatch batch = Batch(network, 6);
            return proxy.Score(network, batch);
        }

        Assert.That(Score(cells: true, 1), Is.EqualTo(Score(cells: true, 1)).And.Not.NaN);
        Assert.That(Score(cells: false, 1), Is.Not.NaN);
        if (proxy.Initialisation != ProxyInitialisation.None && name is not ("swap" or "swap_reg" or "grad_sign"))
        {
            Assert.That(Score(cells: true, 1), Is.Not.EqualTo(Score(cells: true, 2)));
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Score_NoWayThroughTheCell_DoesNotThrow(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using ProxyNetwork network = Cells("conv3x3,none,none");
        using ProxyBatch batch = Batch(network, 6);
        Assert.That(() => ZeroCostProxies.Find([name]).Single().Score(network, batch), Throws.Nothing);
    }

    [Test]
    public void All_Proxies_HaveNamesOfTheirOwnAndASource()
    {
        Assert.That(Names, Is.Unique);
        Assert.That(ZeroCostProxies.All.Select(proxy => proxy.Description), Is.Unique);
    }

    [Test]
    public void Find_AnUnknownName_ListsTheKnown() =>
        Assert.That(() => ZeroCostProxies.Find(["naswat"]), Throws.InstanceOf<UsageException>().With.Message.StartsWith("There is no zero-cost proxy 'naswat'. Known: az_expressivity, "));

    [Test]
    public void LogRankSum_TwoProxies_AddsLogarithmsOfRanks()
    {
        double[] sums = LogRankSum.Combine([[3, 1, 2], [double.NaN, 5, 5]]);
        Assert.That(sums, Is.EqualTo(new[] { Math.Log(3 / 3.0) + Math.Log(1 / 3.0), Math.Log(1 / 3.0) + Math.Log(2.5 / 3), Math.Log(2 / 3.0) + Math.Log(2.5 / 3) }).Within(1e-12));
    }

    [Test]
    public void Dss_DiagonalMatrices_EqualsTheClosedForm()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = tensor([3f, 0, 0, -4], [2, 2]), gradient = tensor([1f, 0, 0, 2], [2, 2]);
        Assert.That(TransformerScores.Dss([(weight, gradient)], [(weight, gradient)]), Is.EqualTo((7 * 3) + (3 + 8)).Within(1e-9));
        Assert.That(() => TransformerScores.SynapticSaliency(weight, zeros([2, 3])), Throws.ArgumentException);
    }

    [Test]
    public void HeadConfidence_OfTwoMaps_SumsMeansOfTheGreatest()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor map = tensor([1f, 5, 3, 2], [1, 2, 2]); // greatest along axis 1: 3 and 5
        Assert.That(TransformerScores.HeadConfidence([map, map.mul(2)]), Is.EqualTo(4 + 8).Within(1e-9));
    }

    [Test]
    public void Linalg_SmallMatrices_HaveTheKnownValues()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor matrix = tensor([2.0, 1, 1, 2], [2, 2]);
        Assert.That(Values(linalg.eigvalsh(matrix)), Is.EqualTo(new[] { 1.0, 3 }).Within(1e-12));
        Assert.That(Values(linalg.svdvals(matrix)), Is.EqualTo(new[] { 3.0, 1 }).Within(1e-12));
        Assert.That(linalg.logabsdet(matrix).item<double>(), Is.EqualTo(Math.Log(3)).Within(1e-12));
    }
}
