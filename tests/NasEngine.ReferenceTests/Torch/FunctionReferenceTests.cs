using NasEngine.Torch;
using static NasEngine.Torch.torch;
using static NasEngine.Torch.torch.nn;
using static NasEngine.Torch.torch.nn.functional;

namespace NasEngine.ReferenceTests.Torch;

/// <summary>Every function gives PyTorch's values and gradients.</summary>
internal sealed class FunctionReferenceTests
{
    private const double Tolerance = 2e-5;

    private static readonly Dictionary<string, Func<Tensor[], Tensor>> Functions = new()
    {
        ["exp"] = x => x[0].exp(),
        ["sigmoid"] = x => x[0].sigmoid(),
        ["tanh"] = x => x[0].tanh(),
        ["relu"] = x => functional.relu(x[0]),
        ["silu"] = x => silu(x[0]),
        ["hardswish"] = x => hardswish(x[0]),
        ["hardsigmoid"] = x => hardsigmoid(x[0]),
        ["gelu"] = x => gelu(x[0]),
        ["gelu_tanh"] = x => gelu(x[0], tanh: true),
        ["relu6"] = x => relu6(x[0]),
        ["leaky_relu"] = x => leaky_relu(x[0]),
        ["log"] = x => x[0].log(),
        ["sqrt"] = x => x[0].sqrt(),
        ["rsqrt"] = x => x[0].rsqrt(),
        ["pow"] = x => x[0].pow(3),
        ["softmax"] = x => x[0].softmax(1),
        ["log_softmax"] = x => x[0].log_softmax(1),
        ["cumsum"] = x => x[0].cumsum(1),
        ["var"] = x => x[0].var([1]),
        ["std"] = x => x[0].std([1]),
        ["mean"] = x => x[0].mean([0]),
        ["amax"] = x => x[0].amax([1]),
        ["norm"] = x => x[0].norm(),
        ["logsumexp"] = x => x[0].logsumexp([1]),
        ["matmul"] = x => x[0].matmul(x[1]),
        ["bmm"] = x => x[0].bmm(x[1]),
        ["clamp"] = x => x[0].clamp(-1, 1),
        ["lerp"] = x => x[0].lerp(x[1], 0.3),
        ["linear"] = x => linear(x[0], x[1], x[2]),
        ["conv2d"] = x => conv2d(x[0], x[1], x[2], strides: [2], padding: [1]),
        ["conv2d_dilated"] = x => conv2d(x[0], x[1], padding: [2, 1], dilation: [2, 1]),
        ["conv2d_grouped"] = x => conv2d(x[0], x[1], groups: 2),
        ["conv2d_depthwise"] = x => conv2d(x[0], x[1], padding: [2], groups: 4),
        ["batch_norm_train"] = x => batch_norm(x[0], null, null, x[1], x[2], training: true),
        ["layer_norm"] = x => layer_norm(x[0], [4], x[1], x[2]),
        ["max_pool2d"] = x => max_pool2d(x[0], [3], [2], [1]),
        ["avg_pool2d"] = x => avg_pool2d(x[0], [3], [2], [1], count_include_pad: false),
        ["adaptive_avg_pool2d"] = x => adaptive_avg_pool2d(x[0], [4, 1]),
        ["cross_entropy"] = x => cross_entropy(x[0], x[1]),
        ["cross_entropy_smooth"] = x => cross_entropy(x[0], x[1], reduction: Reduction.Sum, label_smoothing: 0.1),
        ["cross_entropy_probabilities"] = x => cross_entropy(x[0], x[1]),
        ["nll_loss"] = x => nll_loss(x[0], x[1], reduction: Reduction.None),
        ["kl_div"] = x => kl_div(x[0], x[1], reduction: Reduction.Sum),
        ["kl_div_log"] = x => kl_div(x[0], x[1], log_target: true),
        ["mse_loss"] = x => mse_loss(x[0], x[1]),
        ["smooth_l1_loss"] = x => smooth_l1_loss(x[0], x[1], beta: 0.5),
        ["embedding"] = x => embedding(x[1], x[0]),
        ["pad_constant"] = x => pad(x[0], [1, 2, 0, -1], value: 0.5),
        ["pad_reflect"] = x => pad(x[0], [2, 1, 1, 2], PaddingModes.Reflect),
        ["interpolate_nearest"] = x => interpolate(x[0], [4, 9]),
        ["interpolate_bilinear"] = x => interpolate(x[0], [4, 9], InterpolationMode.Bilinear),
        ["interpolate_antialias"] = x => interpolate(x[0], [3, 3], InterpolationMode.Bilinear, antialias: true),
        ["index_select"] = x => x[0].index_select(0, x[1]),
        ["gather"] = x => x[0].gather(1, x[1]),
        ["where"] = x => where(x[0], x[1], x[2]),
        ["masked_fill"] = x => x[0].masked_fill(x[1], -3.0),
        ["tril"] = x => x[0].tril(-1),
        ["cat"] = x => cat([x[0], x[1]], 1),
        ["stack"] = x => stack([x[0], x[1]], 1),
    };

    [Test]
    public void Functions_Fixtures_AreTheSameSet()
    {
        using SafeTensorsFile file = Fixtures.Open();
        IEnumerable<string> cases = file.Entries.Where(entry => entry.Name.EndsWith(".seed", StringComparison.Ordinal)).Select(entry => entry.Name[..^5]);
        Assert.That(Functions.Keys, Is.EquivalentTo(cases));
    }

    [TestCaseSource(nameof(Names))]
    public void Function_ForwardAndBackward_EqualsPyTorch(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using SafeTensorsFile file = Fixtures.Open();
        Tensor[] inputs = [.. Inputs(file, name)];

        Tensor output = Functions[name](inputs);
        (output * file.Read($"{name}.seed")).sum().backward();

        Fixtures.AssertClose(output, file.Read($"{name}.out"), Tolerance, "output");
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].requires_grad)
            {
                Fixtures.AssertClose(inputs[i].grad!, file.Read($"{name}.grad.{i}"), Tolerance, $"gradient {i}");
            }
        }
    }

    [TestCase("conv2d")]
    [TestCase("conv2d_depthwise")]
    [TestCase("batch_norm_train")]
    [TestCase("max_pool2d")]
    public void Function_ChannelsLast_EqualsPyTorchAndKeepsLayout(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using SafeTensorsFile file = Fixtures.Open();
        Tensor[] inputs = [.. Inputs(file, name)];
        Tensor[] arguments = [inputs[0].contiguous(memory_format.channels_last), .. inputs[1..]];

        Tensor output = Functions[name](arguments);
        (output * file.Read($"{name}.seed")).sum().backward();

        Assert.That(output.is_contiguous(memory_format.channels_last), Is.True);
        Fixtures.AssertClose(output, file.Read($"{name}.out"), Tolerance, "output");
        Fixtures.AssertClose(inputs[0].grad!, file.Read($"{name}.grad.0"), Tolerance, "gradient");
    }

    [Test]
    public void BatchNorm_RunningStatistics_FollowPyTorch()
    {
        using DisposeScope scope = NewDisposeScope();
        using SafeTensorsFile file = Fixtures.Open();
        Tensor mean = zeros([4]);
        Tensor variance = ones([4]);
        Tensor weight = file.Read("running.weight");
        Tensor bias = file.Read("running.bias");

        for (int i = 0; i < 2; i++)
        {
            Tensor output = batch_norm(file.Read($"running.in.{i}"), mean, variance, weight, bias, training: true, momentum: 0.2);
            Fixtures.AssertClose(output, file.Read($"running.out.{i}"), Tolerance, $"step {i}");
        }

        Fixtures.AssertClose(mean, file.Read("running.mean"), 1e-6, "mean");
        Fixtures.AssertClose(variance, file.Read("running.var"), 1e-6, "variance");
        Fixtures.AssertClose(batch_norm(file.Read("running.in.0"), mean, variance, weight, bias), file.Read("running.eval"), Tolerance, "evaluation");
    }

    // Eight bits of mantissa and sums of up to 36 products: a relative error of 2^-8 on outputs of up to 16.
    [Test]
    public void Autocast_BFloat16_EqualsPyTorchWithinItsPrecision()
    {
        using DisposeScope scope = NewDisposeScope();
        using SafeTensorsFile file = Fixtures.Open();
        Tensor[] dense = [.. Inputs(file, "linear")];
        Tensor[] images = [.. Inputs(file, "conv2d")];

        using (autocast(CPU, bfloat16))
        {
            Fixtures.AssertClose(Functions["linear"](dense), file.Read("autocast.linear"), 0.07, "linear");
            Fixtures.AssertClose(Functions["conv2d"](images), file.Read("autocast.conv2d"), 0.13, "conv2d");
        }

        Assert.That(Functions["linear"](dense).dtype, Is.EqualTo(ScalarType.Float32));
    }

    private static string[] Names() => [.. Functions.Keys];

    private static IEnumerable<Tensor> Inputs(SafeTensorsFile file, string name)
    {
        for (int i = 0; file.Entries.Any(entry => entry.Name == $"{name}.in.{i}"); i++)
        {
            Tensor input = file.Read($"{name}.in.{i}");
            input.requires_grad = input.dtype == ScalarType.Float32;
            yield return input;
        }
    }
}
