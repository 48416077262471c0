using System.Globalization;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Networks.Kernels;
using NasEngine.Networks.Readers;
using NasEngine.Testing;
using NasEngine.Testing.Networks;

namespace NasEngine.UnitTests.Networks;

internal sealed class KernelReaderTests
{
    private static INetworkFamily Family => TestSpaces.MobileCnn;

    [Test]
    public void Read_LargestTinyNetwork_FusesAsApproved()
    {
        SearchSpace space = TestSpaces.Tiny();
        Approval.Verify(string.Join('\n', KernelReader.Read(Family, Family.Plan(space, space.Largest)).Select(kernel => string.Create(
            CultureInfo.InvariantCulture,
            $"{kernel.Kind} {string.Join(" + ", kernel.Inputs.Select(Show))} -> {Show(kernel.Output)} macs={kernel.Macs} weights={kernel.WeightCount} stride={kernel.Stride} bytes={kernel.BytesMoved}"))));
    }

    [Test]
    public void Read_RandomSubnets_LosesNoWork()
    {
        SearchSpace space = TestSpaces.FashionMobile();
        Random random = new(4);
        for (int trial = 0; trial < 30; trial++)
        {
            IReadOnlyList<Operation> operations = ShapeReader.Trace(Family, Family.Plan(space, space.Sample(random)));
            IReadOnlyList<Kernel> kernels = KernelReader.Fuse(operations);
            Assert.That(kernels.Sum(kernel => kernel.Macs), Is.EqualTo(operations.Sum(operation => operation.Macs)));
            Assert.That(kernels[^1].Output, Is.EqualTo(operations[^1].Output));
            Assert.That(kernels.SelectMany(kernel => kernel.Inputs).Select(input => input.Id).Except(kernels.Select(kernel => kernel.Output.Id)), Is.EqualTo(new[] { 0 }));
        }
    }

    [Test]
    public void Fuse_AValueThatIsReadTwice_IsKept()
    {
        NetworkValue image = new(0, [2, 4, 4]), convolved = new(1, [2, 4, 4]), active = new(2, [2, 4, 4]), sum = new(3, [2, 4, 4]);
        IReadOnlyList<Kernel> kernels = KernelReader.Fuse(
        [
            new Operation(OperationKind.Convolution, [image], convolved, [], 64, Kernel: 1, Stride: 1, Groups: 1),
            new Operation(OperationKind.Activation, [convolved], active, [], 0, Function: Activation.Relu),
            new Operation(OperationKind.Add, [active, convolved], sum, [], 0),
        ]);
        Assert.That(kernels.Select(kernel => kernel.Kind), Is.EqualTo(new[] { "pointwise", "activation", "add" }));
    }

    [Test]
    public void Of_RandomSubnets_SumsToTheCosts()
    {
        SearchSpace space = TestSpaces.FashionMobile();
        LatencyFeatures features = new(Family, space);
        int[] macs = [.. Enumerable.Range(0, features.Names.Count).Where(column => features.Names[column].EndsWith(".macs", StringComparison.Ordinal))];
        int[] bytes = [.. Enumerable.Range(0, features.Names.Count).Where(column => features.Names[column].EndsWith(".bytes", StringComparison.Ordinal))];
        Random random = new(5);
        for (int trial = 0; trial < 30; trial++)
        {
            Genotype genotype = space.Sample(random);
            double[] row = features.Of(genotype);
            NetworkCosts costs = CostReader.Read(Family, Family.Plan(space, genotype));
            Assert.That(macs.Sum(column => row[column]), Is.EqualTo(costs.Macs));
            Assert.That(bytes.Sum(column => row[column]), Is.EqualTo(costs.BytesMoved));
            Assert.That(row, Has.All.GreaterThanOrEqualTo(0));
        }
    }

    private static string Show(NetworkValue value) => string.Create(CultureInfo.InvariantCulture, $"#{value.Id}[{string.Join('×', value.Shape)}]");
}
