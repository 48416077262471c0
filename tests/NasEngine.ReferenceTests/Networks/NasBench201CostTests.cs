using System.Globalization;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Networks.Kernels;
using NasEngine.Networks.Readers;
using NasEngine.Testing;
using NasEngine.Testing.Networks;

namespace NasEngine.ReferenceTests.Networks;

/// <summary>Parameters and operations of cells are those that NAS-Bench-201 publishes.</summary>
internal sealed class NasBench201CostTests
{
    [Test]
    public void Costs_OfPublishedCells_EqualThePublishedColumns()
    {
        string[] lines = File.ReadAllLines(SharedData.FindOrIgnore("tables/nb201.csv"));
        string[] header = lines[0].Split(',');
        (int parameters, int operations) = (Array.IndexOf(header, "params_M"), Array.IndexOf(header, "flops_M"));
        SearchSpace space = TestSpaces.CellCifar();
        INetworkFamily family = NetworkFamilies.Of(space);
        int compared = 0;
        // Cells with no way through have no published number of operations.
        foreach (string[] row in lines.Skip(1).Where((_, index) => index % 17 == 0).Select(line => line.Split(',')).Where(row => row[operations].Length > 0))
        {
            Plan plan = family.Plan(space, space.Parse($"edge={string.Join(',', row[..6])}"));
            Assert.That(CostReader.Read(family, plan).Parameters / 1e6, Is.EqualTo(double.Parse(row[parameters], CultureInfo.InvariantCulture)).Within(6e-6), string.Join(',', row));
            Assert.That(Counted(ShapeReader.Trace(family, plan)) / 1e6, Is.EqualTo(double.Parse(row[operations], CultureInfo.InvariantCulture)).Within(2e-3), string.Join(',', row));
            compared++;
        }

        Assert.That(compared, Is.GreaterThan(500));
    }

    // The published counter takes multiply-accumulates, and besides them two operations for each value that is normalised,
    // one for each that is activated, and one for each pixel of every window. About 1100 operations of every network remain unexplained.
    private static long Counted(IReadOnlyList<Operation> operations) => operations.Sum(operation => operation.Macs + operation.Kind switch
    {
        OperationKind.BatchNorm => 2 * operation.Output.Count,
        OperationKind.Activation => operation.Output.Count,
        OperationKind.AveragePool => operation.Kernel * operation.Kernel * operation.Output.Count,
        OperationKind.GlobalAveragePool => operation.Inputs[0].Count,
        _ => 0,
    });
}
