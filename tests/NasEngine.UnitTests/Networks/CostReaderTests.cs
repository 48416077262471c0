using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Networks.Kernels;
using NasEngine.Networks.Readers;
using NasEngine.Testing.Networks;

namespace NasEngine.UnitTests.Networks;

internal sealed class CostReaderTests
{
    private static INetworkFamily Family => TestSpaces.MobileCnn;

    [Test]
    public void Read_SmallestTinyNetwork_HasTheCostsWorkedOutByHand()
    {
        SearchSpace space = TestSpaces.Tiny();
        NetworkCosts costs = CostReader.Read(Family, Family.Plan(space, space.Smallest));

        // 8 × 8 image, 1 → 4 (stem 3×3) → [4 → 4 → 2, 3×3] → [2 → 2 → 4, 3×3, stride 2] → 16 (head) → 3 classes.
        const long Macs = (64 * 4 * 9) + (64 * 4 * 4) + (64 * 4 * 9) + (64 * 2 * 4) + (64 * 2 * 2) + (16 * 2 * 9) + (16 * 4 * 2) + (16 * 16 * 4) + (3 * 16);
        const long Convolutions = 36 + 16 + 36 + 8 + 4 + 18 + 8 + 64;
        const long Norms = 2 * (4 + 4 + 4 + 2 + 2 + 2 + 4 + 16);
        Assert.Multiple(() =>
        {
            Assert.That(costs.Macs, Is.EqualTo(Macs));
            Assert.That(costs.Parameters, Is.EqualTo(Convolutions + Norms + 48 + 3));

            // Most is alive while a 4-channel image at 8 × 8 makes another: the stem's output is no residual here.
            Assert.That(costs.PeakActivationBytes, Is.EqualTo(4 * 2 * 4 * 64));
        });
    }

    [Test]
    public void Read_LargestShippedNetwork_AgreesWithACountFromItsFormula()
    {
        SearchSpace space = TestSpaces.FashionMobile();
        NetworkCosts costs = CostReader.Read(Family, Family.Plan(space, space.Largest));
        (long macs, long parameters) = (16 * 9 * 14 * 14, (16 * 9) + 32);
        (int entering, int size) = (16, 14);
        foreach ((int leaving, int stride) in new[] { (16, 1), (32, 2), (64, 2) })
        {
            for (int block = 0; block < 2; block++)
            {
                int hidden = 4 * entering, after = block == 0 ? (size + stride - 1) / stride : size;
                macs += ((long)entering * hidden * size * size) + ((long)hidden * 25 * after * after) + ((long)hidden * leaving * after * after);
                parameters += (entering * hidden) + (hidden * 25) + (hidden * leaving) + (2 * (hidden + hidden + leaving));
                (entering, size) = (leaving, after);
            }
        }

        macs += (64 * 128 * 4 * 4) + (128 * 10);
        parameters += (64 * 128) + 256 + 1280 + 10;
        Assert.That(costs.Macs, Is.EqualTo(macs));
        Assert.That(costs.Parameters, Is.EqualTo(parameters));
    }

    [Test]
    public void Read_RandomSubnets_PeakEqualsAPlainSimulation()
    {
        SearchSpace space = TestSpaces.FashionMobile();
        Random random = new(3);
        for (int trial = 0; trial < 50; trial++)
        {
            Plan plan = Family.Plan(space, space.Sample(random));
            Assert.That(CostReader.Read(Family, plan).PeakActivationBytes, Is.EqualTo(PlainPeak(KernelReader.Read(Family, plan))));
        }
    }

    [Test]
    public void Read_AnyGeneOneStepSmaller_CostsNoMore()
    {
        SearchSpace space = TestSpaces.FashionMobile();
        NetworkCosts largest = CostReader.Read(Family, Family.Plan(space, space.Largest));
        for (int gene = 0; gene < space.Genes.Length; gene++)
        {
            byte[] changed = [.. space.Largest.Choices];
            changed[gene]--;
            NetworkCosts costs = CostReader.Read(Family, Family.Plan(space, space.Canonical(changed)));
            Assert.That(costs.Macs, Is.LessThan(largest.Macs), space.Genes[gene].ToString());
            Assert.That(costs.Parameters, Is.LessThanOrEqualTo(largest.Parameters));
            Assert.That(costs.BytesMoved, Is.LessThan(largest.BytesMoved));
        }
    }

    // A value lives from the kernel that writes it to the last one that reads it.
    private static long PlainPeak(IReadOnlyList<Kernel> kernels)
    {
        long peak = 0;
        for (int now = 0; now < kernels.Count; now++)
        {
            IEnumerable<NetworkValue> alive = kernels.Take(now + 1).SelectMany(kernel => kernel.Inputs.Append(kernel.Output)).DistinctBy(value => value.Id)
                .Where(value => kernels[now].Output.Id == value.Id || kernels.Skip(now).Any(kernel => kernel.Inputs.Any(input => input.Id == value.Id)));
            peak = Math.Max(peak, alive.Sum(value => 4 * value.Count));
        }

        return peak;
    }
}
