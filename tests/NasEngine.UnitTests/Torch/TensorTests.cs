using NasEngine.Torch;
using static NasEngine.Torch.torch;

namespace NasEngine.UnitTests.Torch;

internal sealed class TensorTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void Open() => _scope = NewDisposeScope();

    [TearDown]
    public void Close() => _scope.Dispose();

    [Test]
    public void Tensor_FromArray_HasShapeTypeAndValues()
    {
        Tensor made = tensor(new float[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);

        Assert.That(made.shape, Is.EqualTo(new long[] { 2, 3 }));
        Assert.That(made.dtype, Is.EqualTo(ScalarType.Float32));
        Assert.That(made.stride(), Is.EqualTo(new long[] { 3, 1 }));
        Assert.That(made.t().contiguous().data<float>().ToArray(), Is.EqualTo(new float[] { 1, 4, 2, 5, 3, 6 }));
        Assert.That(made.size(-1), Is.EqualTo(3));
    }

    [Test]
    public void Matmul_ShapesDoNotFit_ThrowsWithMessageOfLibtorch()
    {
        TorchException error = Assert.Throws<TorchException>(() => ones([2, 3]).matmul(ones([2, 3])))!;
        Assert.That(error.Message, Is.EqualTo("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)"));
    }

    [Test]
    public void Narrow_Written_ChangesSource()
    {
        Tensor source = zeros([4, 4]);
        Tensor view = source.narrow(0, 1, 2).narrow(1, 1, 2);

        view.fill_(1);

        Assert.That(view.shares_storage_with(source), Is.True);
        Assert.That(view.data_ptr() - source.data_ptr(), Is.EqualTo((nint)(5 * sizeof(float))));
        Assert.That(source.sum().item<float>(), Is.EqualTo(4));
    }

    [Test]
    public void Backward_ThroughNarrow_ReachesParent()
    {
        Tensor weight = ones([3, 3], requires_grad: true);

        weight.narrow(0, 0, 2).narrow(1, 1, 2).mul(3).sum().backward();

        using Tensor gradient = weight.grad!;
        Assert.That(gradient.data<float>().ToArray(), Is.EqualTo(new float[] { 0, 3, 3, 0, 3, 3, 0, 0, 0 }));
    }

    [Test]
    public void Data_OtherTypeOrNotContiguous_SaysWhatIsWrong()
    {
        Tensor matrix = ones([2, 3]);
        Assert.That(() => matrix.data<double>().Length, Throws.InvalidOperationException.With.Message.Contains("Float32"));
        Assert.That(() => matrix.t().data<float>().Length, Throws.InvalidOperationException.With.Message.Contains("contiguous"));
    }

    [Test]
    public void Copy_SpanIntoChannelsLast_KeepsRowMajorMeaning()
    {
        float[] values = [.. Enumerable.Range(0, 24).Select(i => (float)i)];
        Tensor image = zeros([1, 2, 3, 4]).contiguous(memory_format.channels_last);
        float[] read = new float[24];

        image.copy_<float>(values);
        image.CopyTo<float>(read);

        Assert.That(read, Is.EqualTo(values));
        Assert.That(image.stride(), Is.EqualTo(new long[] { 24, 1, 8, 2 }));
        Assert.Throws<ArgumentException>(() => image.copy_<float>(new float[23]));
    }

    [Test]
    public void Operators_NumbersAndTensors_FollowArithmetic()
    {
        Tensor x = tensor(new float[] { 1, 2, 4 });
        Assert.That(((2 - x) / 4 + x * x - -x).data<float>().ToArray(), Is.EqualTo(new[] { 2.25f, 6, 19.5f }));
        Assert.That((8 / x).data<float>().ToArray(), Is.EqualTo(new float[] { 8, 4, 2 }));
        Assert.That((tensor(new long[] { 3 }) + 2).dtype, Is.EqualTo(ScalarType.Int64));
    }

    [Test]
    public void TopK_AndMax_GiveValuesAndPositions()
    {
        Tensor x = tensor(new float[] { 3, 1, 2, 5, 4, 9 }, [2, 3]);
        (Tensor values, Tensor indexes) = x.topk(2);
        Assert.That(values.data<float>().ToArray(), Is.EqualTo(new float[] { 3, 2, 9, 5 }));
        Assert.That(indexes.data<long>().ToArray(), Is.EqualTo(new long[] { 0, 2, 2, 0 }));
        Assert.That(x.max(0).indexes.data<long>().ToArray(), Is.EqualTo(new long[] { 1, 1, 1 }));
        Assert.That(x.chunk(2, 1)[1].shape, Is.EqualTo(new long[] { 2, 1 }));
    }
}
