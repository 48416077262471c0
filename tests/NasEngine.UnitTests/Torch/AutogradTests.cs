using NasEngine.Torch;
using static NasEngine.Torch.torch;
using static NasEngine.Torch.torch.nn.functional;

namespace NasEngine.UnitTests.Torch;

/// <summary>Gradients equal central differences in double precision.</summary>
internal sealed class AutogradTests
{
    private static readonly Dictionary<string, (long[] Shape, Func<Tensor, Tensor> Function)> Functions = new()
    {
        ["narrowed linear"] = ([6, 5], w => linear(Constant(3, 3), w.narrow(0, 1, 4).narrow(1, 0, 3))),
        ["centre crop of a kernel"] = ([4, 2, 5, 5], w => conv2d(Constant(2, 2, 6, 6), w.narrow(0, 0, 3).narrow(2, 1, 3).narrow(3, 1, 3), padding: [1])),
        ["depthwise centre crop"] = ([3, 1, 5, 5], w => conv2d(Constant(2, 2, 6, 6), w.narrow(0, 0, 2).narrow(2, 1, 3).narrow(3, 1, 3), padding: [1], groups: 2)),
        ["input of a depthwise convolution"] = ([2, 3, 5, 5], x => conv2d(x, Constant(3, 1, 3, 3), padding: [1], groups: 3)),
        ["batch_norm"] = ([4, 2, 3, 3], x => batch_norm(x, null, null, Constant(2), Constant(2), training: true)),
        ["narrowed gain of batch_norm"] = ([5], w => batch_norm(Constant(4, 3, 2, 2), null, null, w.narrow(0, 0, 3), null, training: true)),
        ["layer_norm"] = ([3, 4], x => layer_norm(x, [4])),
        ["cross_entropy"] = ([3, 4], x => cross_entropy(x, tensor(new long[] { 0, 3, 1 }), label_smoothing: 0.1)),
        ["kl_div"] = ([3, 4], x => kl_div(x.log_softmax(1), Constant(3, 4).softmax(1), reduction: nn.Reduction.Sum)),
        ["hardswish"] = ([7], x => hardswish(x)),
        ["silu"] = ([7], x => silu(x)),
        ["gelu"] = ([7], x => gelu(x)),
        ["pooled"] = ([1, 2, 5, 5], x => adaptive_avg_pool2d(avg_pool2d(x, [2]), [1])),
        ["bilinear"] = ([1, 1, 4, 4], x => interpolate(x, [3, 6], nn.InterpolationMode.Bilinear)),
        ["permuted"] = ([2, 3, 4], x => x.permute(2, 0, 1).reshape(4, 6).t().expand(6, 4).pow(3)),
        ["std"] = ([3, 4], x => x.std([1])),
        ["indexed"] = ([4, 3], x => cat([x.index_select(0, tensor(new long[] { 2, 0, 2 })), x.slice(0, 0, 4, 2)]).logsumexp([0])),
    };

    [TestCaseSource(nameof(Names))]
    public void Backward_DoublePrecision_EqualsCentralDifferences(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        (long[] shape, Func<Tensor, Tensor> function) = Functions[name];
        Tensor x = Constant(shape).requires_grad_();

        Loss(function, x).backward();

        double[] gradient = x.grad!.contiguous().data<double>().ToArray();
        Tensor probe = x.detach().clone();
        double[] differences = [.. Enumerable.Range(0, gradient.Length).Select(i => Difference(function, probe, i))];
        Assert.That(gradient, Is.EqualTo(differences).Within(1e-6));
        Assert.That(gradient, Has.Some.Not.Zero);
    }

    [Test]
    public void Grad_CreateGraph_GivesSecondDerivative()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new double[] { 1, 2, 3 }, requires_grad: true);

        Tensor first = autograd.grad([x.pow(3).sum()], [x], create_graph: true)[0];
        Tensor second = autograd.grad([first.sum()], [x])[0];

        Assert.That(first.detach().data<double>().ToArray(), Is.EqualTo(new double[] { 3, 12, 27 }));
        Assert.That(second.data<double>().ToArray(), Is.EqualTo(new double[] { 6, 12, 18 }));
        Assert.That(x.grad, Is.Null);
    }

    [Test]
    public void NoGrad_Operation_RecordsNothing()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones([2], requires_grad: true);
        using (no_grad())
        {
            Assert.That((x * 2).requires_grad, Is.False);
        }

        using (inference_mode())
        {
            Assert.That((x * 2).requires_grad, Is.False);
        }

        Assert.That((x * 2).requires_grad, Is.True);
    }

    private static string[] Names() => [.. Functions.Keys];

    private static Tensor Constant(params long[] shape)
    {
        using Generator generator = new(5);
        return rand(shape, ScalarType.Float64, generator: generator) * 2 - 0.9;
    }

    private static Tensor Loss(Func<Tensor, Tensor> function, Tensor x)
    {
        Tensor output = function(x);
        return (output * Constant(output.shape)).sum();
    }

    private static double Difference(Func<Tensor, Tensor> function, Tensor probe, int index)
    {
        const double Step = 1e-5;
        double value = probe.data<double>()[index];
        probe.data<double>()[index] = value + Step;
        double above = Loss(function, probe).item<double>();
        probe.data<double>()[index] = value - Step;
        double below = Loss(function, probe).item<double>();
        probe.data<double>()[index] = value;
        return (above - below) / (2 * Step);
    }
}
