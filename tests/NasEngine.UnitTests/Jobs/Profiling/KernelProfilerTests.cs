using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using NasEngine.Core.Devices;
using NasEngine.Core.Progress;
using NasEngine.Core.Sampling;
using NasEngine.Core.Spaces;
using NasEngine.Core.Units;
using NasEngine.Jobs.Profiling;
using NasEngine.Networks.Families;
using NasEngine.Networks.Kernels;
using NasEngine.Onnx;
using NasEngine.Onnx.Format;
using NasEngine.Onnx.Weights;
using NasEngine.Predictors.KernelTables;
using NasEngine.Testing;

namespace NasEngine.UnitTests.Jobs.Profiling;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class KernelProfilerTests : IDisposable
{
    private const double CallNs = 5_000;
    private static readonly string SpaceFile = RepositoryFiles.PathOf("searchspaces/fashion-mobile.json");
    private static readonly SearchSpace Space = NetworkFamilies.CreateSpaceReader().ReadFile(SpaceFile);
    private static readonly INetworkFamily Family = NetworkFamilies.Of(Space);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task RunAsync_KernelsThatAddUp_ForetellsNetworksExactly()
    {
        KernelProfileReport report = await KernelProfiler.RunAsync(Request(), new AddingDevice(), SilentProgress.Instance, CancellationToken.None);
        Assert.That((report.Networks, report.KendallTau), Is.EqualTo((4, 1.0)));
        Assert.That(report.MapePercent, Is.Zero.Within(1e-6));
        Assert.That(report.AloneOverWithin, Is.EqualTo(1).Within(1e-9));
        Assert.That(report.CallMicroseconds, Is.EqualTo(CallNs / 1000).Within(1e-9));
        KernelTable table = KernelTableFile.Parse("k", await File.ReadAllTextAsync(report.File));
        Assert.That(table.Times, Has.Count.EqualTo(report.Kernels + 1), "the call is an entry too");
        Assert.That(table.Times[KernelProfiler.Call].MeanMilliseconds, Is.EqualTo(CallNs / 1e6).Within(1e-12));
    }

    [Test]
    public async Task RunAsync_KernelsCostMoreAlone_ForetellsTheOtherNetworksExactly()
    {
        KernelProfileReport report = await KernelProfiler.RunAsync(Request(), new AddingDevice { Alone = 1.75 }, SilentProgress.Instance, CancellationToken.None);
        Assert.That(report.AloneOverWithin, Is.EqualTo(1.75).Within(1e-9));
        Assert.That(report.MapePercent, Is.Zero.Within(1e-6));
        Assert.That(report.UncorrectedMapePercent, Is.GreaterThan(20));
    }

    [Test]
    public async Task RunAsync_StoppedOnTheWay_GoesOnWhereItWas()
    {
        using CancellationTokenSource stop = new();
        Assert.That(
            async () => await KernelProfiler.RunAsync(Request(), new AddingDevice(stopAfter: 7, stop), SilentProgress.Instance, stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
        AddingDevice second = new();
        KernelProfileReport report = await KernelProfiler.RunAsync(Request(), second, SilentProgress.Instance, CancellationToken.None);
        Assert.That((report.Measured, second.Measured), Is.EqualTo((report.Kernels + report.Networks - 7, report.Kernels + report.Networks - 7)));
        Assert.That((await KernelProfiler.RunAsync(Request(), new AddingDevice(), SilentProgress.Instance, CancellationToken.None)).Measured, Is.Zero);
    }

    [Test]
    public async Task Predict_KernelIsMissing_Throws()
    {
        KernelProfileReport report = await KernelProfiler.RunAsync(Request(), new AddingDevice(), SilentProgress.Instance, CancellationToken.None);
        KernelTable whole = KernelTableFile.Parse("k", await File.ReadAllTextAsync(report.File));
        Plan plan = Family.Plan(Space, Space.Smallest);
        KernelKey dropped = NetworkKernels.Of(Family, plan)[3];
        KernelTable table = new("fake", whole.Times.Where(pair => pair.Key != dropped));
        Assert.That(KernelProfiler.Predict(whole, Family, plan), Is.GreaterThan(0));
        Assert.That(() => KernelProfiler.Predict(table, Family, plan), Throws.InstanceOf<MissingKernelException>().With.Message.Contains(dropped.ToString()));
    }

    [TestCase("fashion-mobile.json")]
    [TestCase("cell-cifar10.json")]
    public void Build_EveryKernelOfTheLargest_IsAModelOfItsShapes(string file)
    {
        SearchSpace space = NetworkFamilies.CreateSpaceReader().ReadFile(RepositoryFiles.PathOf($"searchspaces/{file}"));
        INetworkFamily family = NetworkFamilies.Of(space);
        foreach (Kernel kernel in SpreadSampler.Draw(space, 6, new Random(1)).SelectMany(genotype => KernelReader.Read(family, family.Plan(space, genotype))))
        {
            GraphProto graph = ModelProto.Parser.ParseFrom(KernelExporter.Build(kernel, new RandomWeightSource(1))).Graph;
            Assert.That(Shape(graph.Input.Single()), Is.EqualTo(kernel.Inputs[0].Shape), kernel.ToString());
            Assert.That(Shape(graph.Output.Single()), Is.EqualTo(kernel.Output.Shape), kernel.ToString());
        }
    }

    private static int[] Shape(ValueInfoProto value) => [.. value.Type.TensorType.Shape.Dim.Skip(1).Select(size => (int)size.DimValue)];

    private KernelProfileRequest Request() => new(SpaceFile, 3, 4, _folder.PathOf("kernels.json"), 1);

    /// <summary>A device on which a model takes one call, and each of its kernels a time that its sizes give.</summary>
    private sealed class AddingDevice(int stopAfter = int.MaxValue, CancellationTokenSource? stop = null) : IDevice
    {
        public string Name => "fake";

        public int Measured { get; private set; }

        /// <summary>Gets what a kernel alone costs over what it costs in a network.</summary>
        public double Alone { get; init; } = 1;

        public Task<DeviceFingerprint> ConnectAsync(CancellationToken cancellationToken) => Task.FromResult(new DeviceFingerprint
        {
            Runtime = "fake", RuntimeVersion = "1", Host = "none", OperatingSystem = "none", Processor = "Fake 9000", Cores = 1, Threads = 1,
        });

        public async IAsyncEnumerable<Measurement> MeasureAsync(
            IReadOnlyList<MeasurementItem> items, MeasurementOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            DeviceFingerprint device = await ConnectAsync(cancellationToken);
            foreach (MeasurementItem item in items)
            {
                if (Measured == stopAfter)
                {
                    await stop!.CancelAsync();
                }

                cancellationToken.ThrowIfCancellationRequested();
                double nanoseconds = CallNs + Time(item.Key);
                yield return new Measurement
                {
                    Key = item.Key, Median = Latency.FromNanoseconds(nanoseconds), Low = Latency.FromNanoseconds(nanoseconds), High = Latency.FromNanoseconds(nanoseconds),
                    Blocks = [.. Enumerable.Range(0, 6).Select(place => new MeasuredBlock(nanoseconds, place, 1, false))], RunsPerBlock = 1, Overhead = Latency.FromNanoseconds(CallNs),
                    Device = device.Id, Threads = 1, InputShape = item.InputShape, Session = "s", Sequence = Measured++, MeasuredAt = DateTimeOffset.UnixEpoch,
                };
            }
        }

        public Task<IReadOnlyList<float[]>> RunAsync(
            ReadOnlyMemory<byte> model, ImmutableArray<int> inputShape, IReadOnlyList<float[]> inputs, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private double Time(string key) => key.StartsWith("kernel ", StringComparison.Ordinal)
            ? Alone * Time(key["kernel ".Length..].Split(' '))
            : NetworkKernels.Of(Family, Family.Plan(Space, Space.Parse(key[(key.IndexOf(' ', StringComparison.Ordinal) + 1)..]))).Sum(kernel => Time(kernel.ToString().Split(' ')));

        private static double Time(string[] kernel) => kernel[0].Length + kernel[1].Split('×').Sum(size => double.Parse(size, CultureInfo.InvariantCulture));
    }
}
