using NasEngine.Torch;
using static NasEngine.Torch.torch;

namespace NasEngine.UnitTests.Torch;

[NonParallelizable]
internal sealed class ModeTests
{
    [Test]
    public void ManualSeed_SameTwice_GivesSameNumbers()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(9);
        float[] first = randn([8]).data<float>().ToArray();
        Tensor state = get_rng_state();
        float[] second = randn([8]).data<float>().ToArray();

        manual_seed(9);
        Assert.That(randn([8]).data<float>().ToArray(), Is.EqualTo(first));
        set_rng_state(state);
        Assert.That(randn([8]).data<float>().ToArray(), Is.EqualTo(second).And.Not.EqualTo(first));
    }

    [Test]
    public void Generator_SameSeed_GivesSameNumbersWhateverTheDefaultDrew()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator first = new(4);
        using Generator second = new(4);
        Tensor order = randperm(20, generator: first);
        rand([5]);
        Assert.That(randperm(20, generator: second).data<long>().ToArray(), Is.EqualTo(order.data<long>().ToArray()));
    }

    [Test]
    public void SetNumThreads_Number_IsRead()
    {
        int before = get_num_threads();
        set_num_threads(2);
        Assert.That(get_num_threads(), Is.EqualTo(2));
        set_num_threads(before);
        Assert.Throws<ArgumentOutOfRangeException>(() => set_num_threads(0));
    }

    [Test]
    public void Autocast_Nested_RestoresWhatWasBefore()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones([2, 2]);
        using (autocast(CPU))
        {
            using (autocast(CPU, enabled: false))
            {
                Assert.That(x.matmul(x).dtype, Is.EqualTo(ScalarType.Float32));
            }

            Assert.That(x.matmul(x).dtype, Is.EqualTo(ScalarType.BFloat16));
        }

        Assert.That(x.matmul(x).dtype, Is.EqualTo(ScalarType.Float32));
    }

    [Test]
    public void Device_UnknownName_ListsKnown() =>
        Assert.That(() => device("tpu"), Throws.ArgumentException.With.Message.Contains("cpu, cuda, cuda:N"));
}
