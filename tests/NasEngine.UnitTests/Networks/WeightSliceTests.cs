using NasEngine.Networks.Weights;

namespace NasEngine.UnitTests.Networks;

internal sealed class WeightSliceTests
{
    private static readonly WeightSpec Kernel = new("layer.weight", [6, 4, 5, 5], WeightRole.ConvolutionKernel);

    [TestCase(6, 4, 5)]
    [TestCase(3, 2, 3)]
    [TestCase(1, 4, 1)]
    [TestCase(6, 1, 3)]
    public void CopyFrom_CentreCrop_TakesWhatPlainLoopsTake(int outputs, int inputs, int kernel)
    {
        float[] full = [.. Enumerable.Range(0, (int)Kernel.Count).Select(index => (float)index)];
        List<float> expected = [];
        for (int o = 0; o < outputs; o++)
        {
            for (int i = 0; i < inputs; i++)
            {
                for (int y = (5 - kernel) / 2; y < (5 + kernel) / 2; y++)
                {
                    for (int x = (5 - kernel) / 2; x < (5 + kernel) / 2; x++)
                    {
                        expected.Add(full[(((((o * 4) + i) * 5) + y) * 5) + x]);
                    }
                }
            }
        }

        Assert.That(Kernel.CentreCrop(outputs, inputs, kernel).CopyFrom(full), Is.EqualTo(expected));
    }

    [Test]
    public void CopyFrom_LeadingOfAVector_TakesTheFirst()
    {
        WeightSpec bias = new("layer.bias", [5], WeightRole.Bias);
        Assert.That(bias.Leading(3).CopyFrom([1, 2, 3, 4, 5]), Is.EqualTo(new float[] { 1, 2, 3 }));
    }

    [Test]
    public void CopyFrom_AnArrayOfAnotherLength_SaysWhichLengthIsMeant()
    {
        Assert.That(() => Kernel.Leading(1, 1, 1, 1).CopyFrom([1, 2, 3]), Throws.ArgumentException.With.Message.Contains("layer.weight has 600 elements, got 3"));
    }

    [TestCase(7, 4)]
    [TestCase(0, 4)]
    [TestCase(-1, 4)]
    [TestCase(6, 5)]
    public void Leading_BeyondTheArray_NamesArrayAndPart(int outputs, int inputs)
    {
        Assert.That(() => Kernel.Leading(outputs, inputs, 5, 5), Throws.ArgumentException.With.Message.Contains("layer.weight of shape [6 × 4 × 5 × 5] has no part"));
    }

    [Test]
    public void Leading_TooFewAxes_Throws()
    {
        Assert.That(() => Kernel.Leading(6, 4), Throws.ArgumentException);
    }

    [Test]
    public void Constructor_RangeWhoseEndOverflows_Throws()
    {
        WeightSpec vector = new("v", [4], WeightRole.Bias);
        Assert.That(() => new WeightSlice(vector, [new IndexRange(int.MaxValue, 2)]), Throws.ArgumentException);
    }

    [Test]
    public void IsWhole_OnlyForAllElements()
    {
        Assert.That(Kernel.Leading(6, 4, 5, 5).IsWhole, Is.True);
        Assert.That(Kernel.Leading(5, 4, 5, 5).IsWhole, Is.False);
    }
}
