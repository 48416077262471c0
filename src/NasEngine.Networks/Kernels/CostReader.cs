using NasEngine.Networks.Families;
using NasEngine.Networks.Readers;

namespace NasEngine.Networks.Kernels;

/// <summary>Counts what a subnet costs.</summary>
public static class CostReader
{
    /// <summary>Counts the costs of a subnet.</summary>
    public static NetworkCosts Read(INetworkFamily family, Plan plan)
    {
        IReadOnlyList<Operation> operations = ShapeReader.Trace(family, plan);
        IReadOnlyList<Kernel> kernels = KernelReader.Fuse(operations);
        return new NetworkCosts(
            operations.Sum(operation => operation.Macs),
            operations.SelectMany(operation => operation.Weights).Where(weight => weight.Weight.IsTrained).DistinctBy(weight => weight.Weight.Name).Sum(weight => weight.Count),
            PeakBytes(kernels),
            kernels.Sum(kernel => kernel.BytesMoved));
    }

    private static long PeakBytes(IReadOnlyList<Kernel> kernels)
    {
        Dictionary<int, int> lastRead = [];
        for (int index = 0; index < kernels.Count; index++)
        {
            foreach (NetworkValue input in kernels[index].Inputs)
            {
                lastRead[input.Id] = index;
            }
        }

        long peak = 0;
        Dictionary<int, long> alive = [];
        for (int index = 0; index < kernels.Count; index++)
        {
            foreach (NetworkValue value in kernels[index].Inputs.Append(kernels[index].Output))
            {
                alive[value.Id] = 4 * value.Count;
            }

            peak = Math.Max(peak, alive.Values.Sum());
            foreach (int id in alive.Keys.Where(id => lastRead.GetValueOrDefault(id, -1) <= index && id != kernels[index].Output.Id).ToArray())
            {
                alive.Remove(id);
            }
        }

        return peak;
    }
}
