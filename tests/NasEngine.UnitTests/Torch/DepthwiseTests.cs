using NasEngine.Torch;
using static NasEngine.Torch.torch;
using static NasEngine.Torch.torch.nn.functional;

namespace NasEngine.UnitTests.Torch;

/// <summary>The shim's own gradients of depthwise convolutions equal libtorch's in double precision.</summary>
[NonParallelizable]
internal sealed class DepthwiseTests
{
    [Test]
    public void Conv2d_DepthwiseChannelsLast_EqualsDoublePrecision(
        [Values(8, 16, 40, 100, 131)] int channels, [Values(1, 4, 7, 14)] int size, [Values(5, 7)] int kernel, [Values(1, 2, 3)] int stride)
    {
        using DisposeScope scope = NewDisposeScope();
        AssertEqualsDouble(Values(1, 3, size, size + 1, channels).permute(0, 3, 1, 2), Values(2, channels, 1, kernel, kernel), stride, kernel / 2);
    }

    [TestCase(5, 1, 0)]
    [TestCase(5, 2, 1)]
    [TestCase(7, 1, 6)]
    [TestCase(7, 1, 8)]
    [TestCase(7, 4, 8)]
    public void Conv2d_DepthwiseWithAnyPadding_EqualsDoublePrecision(int kernel, int stride, int padding)
    {
        using DisposeScope scope = NewDisposeScope();
        AssertEqualsDouble(Values(1, 2, 9, 8, 24).permute(0, 3, 1, 2), Values(2, 24, 1, kernel, kernel), stride, padding);
    }

    [Test]
    public void Conv2d_DepthwiseOfPartOfAKernel_GivesTheParentItsGradient()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Values(1, 2, 6, 6, 16).permute(0, 3, 1, 2), parent = Values(2, 24, 1, 7, 7).requires_grad_();
        Tensor wide = parent.detach().@double().requires_grad_();

        conv2d(x, Part(parent), padding: [2], groups: 16).square().sum().backward();
        conv2d(x.@double(), Part(wide), padding: [2], groups: 16).square().sum().backward();

        AssertClose(parent.grad!, wide.grad!);
        Assert.That(parent.grad!.narrow(0, 16, 8).abs().max().item<float>(), Is.Zero);
        Assert.That(Part(parent.grad!).abs().min().item<float>(), Is.Positive);
    }

    [Test]
    public void Grad_DepthwiseTwice_EqualsDoublePrecision()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Values(1, 2, 6, 6, 16).permute(0, 3, 1, 2).requires_grad_(), w = Values(2, 16, 1, 5, 5).requires_grad_();
        Tensor wideX = x.detach().@double().requires_grad_(), wideW = w.detach().@double().requires_grad_();

        AssertClose(SecondGradient(x, w), SecondGradient(wideX, wideW));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void Conv2d_DepthwiseOnTwoThreads_GivesTheSameBits(int stride)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Values(1, 16, 14, 14, 104).permute(0, 3, 1, 2).requires_grad_(), w = Values(2, 104, 1, 5, 5).requires_grad_();
        int before = get_num_threads();
        try
        {
            set_num_threads(1);
            float[][] one = Gradients(x, w, stride);
            set_num_threads(2);
            Assert.That(Gradients(x, w, stride), Is.EqualTo(one));
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Test]
    public void Conv2d_DepthwiseInAutocast_RunsInBFloat16()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mixed = autocast(CPU, ScalarType.BFloat16);

        Tensor y = conv2d(Values(1, 2, 6, 6, 16).permute(0, 3, 1, 2), Values(2, 16, 1, 5, 5).requires_grad_(), padding: [2], groups: 16);

        Assert.That(y.dtype, Is.EqualTo(ScalarType.BFloat16));
    }

    [Test]
    public void Conv2d_DepthwiseKernelBeyondThePaddedImage_SaysSo()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Values(1, 2, 3, 3, 16).permute(0, 3, 1, 2), w = Values(2, 16, 1, 7, 7).requires_grad_();

        Assert.That(() => conv2d(x, w, padding: [1], groups: 16), Throws.TypeOf<TorchException>().With.Message.Contains("Kernel size"));
    }

    private static void AssertEqualsDouble(Tensor x, Tensor w, int stride, int padding)
    {
        x = x.detach().requires_grad_();
        w.requires_grad_();
        Tensor wideX = x.detach().@double().requires_grad_(), wideW = w.detach().@double().requires_grad_();
        long channels = w.shape[0];

        Tensor y = conv2d(x, w, strides: [stride, stride], padding: [padding, padding], groups: channels);
        Tensor wide = conv2d(wideX, wideW, strides: [stride, stride], padding: [padding, padding], groups: channels);
        Tensor seed = rand_like(y);
        (y * seed).sum().backward();
        (wide * seed.@double()).sum().backward();

        AssertClose(y, wide);
        AssertClose(x.grad!, wideX.grad!);
        AssertClose(w.grad!, wideW.grad!);
    }

    private static Tensor SecondGradient(Tensor x, Tensor w)
    {
        Tensor y = conv2d(x, w, padding: [2], groups: 16);
        IList<Tensor> first = autograd.grad([y.pow(3).sum()], [x, w], create_graph: true);
        return autograd.grad([first[0].square().sum() + first[1].square().sum()], [w])[0];
    }

    private static float[][] Gradients(Tensor x, Tensor w, int stride)
    {
        Tensor y = conv2d(x, w, strides: [stride, stride], padding: [2, 2], groups: w.shape[0]);
        return [.. autograd.grad([y.square().sum()], [x, w]).Prepend(y.detach()).Select(tensor => tensor.contiguous().data<float>().ToArray())];
    }

    private static Tensor Part(Tensor kernel) => kernel.narrow(0, 0, 16).narrow(2, 1, 5).narrow(3, 1, 5);

    private static Tensor Values(int seed, params long[] shape)
    {
        using Generator generator = new(seed);
        return randn(shape, generator: generator);
    }

    private static void AssertClose(Tensor actual, Tensor expected) =>
        Assert.That((actual.@double() - expected).abs().max().item<double>(), Is.LessThan(1e-5 * expected.abs().max().item<double>()));
}
