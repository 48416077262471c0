using NasEngine.Core.Errors;
using NasEngine.Predictors.KernelTables;

namespace NasEngine.UnitTests.Predictors.KernelTables;

internal sealed class KernelTableTests
{
    private static readonly KernelKey Small = new("pointwise", [16, 8]);
    private static readonly KernelKey Large = new("pointwise", [64, 8]);
    private static readonly KernelKey Between = new("pointwise", [32, 8]);
    private static readonly KernelTable Table = KernelTable.FromMeasurements("cpu", [(Small, 1), (Small, 3), (Large, 8)]);

    [Test]
    public void Predict_KnownKernels_AddsTheirMeans() => Assert.That(Table.Predict([Small, Large, Small]).Milliseconds, Is.EqualTo(12).Within(1e-9));

    [Test]
    public void FromMeasurements_SeveralOfOne_KeepsCountAndSpread() => Assert.That(Table.Times[Small], Is.EqualTo(new KernelTime(2, 2, Math.Sqrt(2))));

    [Test]
    public void Predict_MissingKernel_IsAnErrorThatNamesIt()
    {
        MissingKernelException problem = Assert.Throws<MissingKernelException>(() => Table.Predict([Small, Between]))!;
        Assert.That(problem.Kernel, Is.EqualTo(Between));
        Assert.That(problem.Message, Is.EqualTo("The kernel table of cpu has no 'pointwise 32×8'. Of its kind it has 2: pointwise 16×8, pointwise 64×8. Measure it, or ask for interpolation."));
    }

    [Test]
    public void Predict_MissingKind_ListsTheKinds() => Assert.That(
        () => Table.Predict([new KernelKey("conv3", [3])], interpolate: true), Throws.InstanceOf<MissingKernelException>().With.Message.Contains("known kinds: pointwise."));

    [Test]
    public void Predict_InterpolationAskedFor_LiesBetween() => Assert.That(Table.Predict([Between], interpolate: true).Milliseconds, Is.EqualTo(4).Within(1e-9));

    [Test]
    public void Predict_BeyondWhatIsKnown_IsAnErrorEvenWithInterpolation() =>
        Assert.That(() => Table.Predict([new KernelKey("pointwise", [128, 8])], interpolate: true), Throws.InstanceOf<MissingKernelException>());

    [Test]
    public void FromNetworks_SumsWithADisturbedOne_FindsTheKernels()
    {
        Random random = new(1);
        Dictionary<KernelKey, double> truth = new() { [Small] = 0.5, [Large] = 3, [Between] = 1.2 };
        KernelKey[][] networks = [.. Enumerable.Range(0, 60).Select(_ => truth.Keys.SelectMany(kernel => Enumerable.Repeat(kernel, 1 + random.Next(5))).ToArray())];
        double[] latencies = [.. networks.Select((network, index) => network.Sum(kernel => truth[kernel]) * (index % 20 == 0 ? 3 : 1))];
        KernelTable found = KernelTable.FromNetworks("cpu", networks, latencies);
        Assert.That(found.Times.Values.Select(time => time.MeanMilliseconds), Is.EqualTo(found.Times.Keys.Select(kernel => truth[kernel])).Within(0.02));
    }

    [Test]
    public void File_RoundTrip_GivesEqualBits()
    {
        KernelTable table = KernelTable.FromMeasurements("cpu", [(Small, 0.1), (Small, 0.3), (Large, 1 / 3.0)]);
        KernelTable read = KernelTableFile.Parse("k.json", KernelTableFile.ToJson(table));
        Assert.That(read.Device, Is.EqualTo("cpu"));
        Assert.That(read.Times, Is.EquivalentTo(table.Times));
    }

    [Test]
    public void File_NumberChanged_IsRefused()
    {
        string json = KernelTableFile.ToJson(Table);
        Assert.That(() => KernelTableFile.Parse("k.json", json.Replace("\"mean\": 8", "\"mean\": 7", StringComparison.Ordinal)), Throws.InstanceOf<DamagedFileException>());
    }

    [Test]
    public void File_KernelTwice_NamesThePlace()
    {
        string json = KernelTableFile.ToJson(Table).Replace("64,", "16,", StringComparison.Ordinal);
        Assert.That(() => KernelTableFile.Parse("k.json", json), Throws.InstanceOf<InputFormatException>().With.Message.Contains("$.kernels[1].sizes"));
    }
}
