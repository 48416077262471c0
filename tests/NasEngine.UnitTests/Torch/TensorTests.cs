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
}
