using NasEngine.Torch;
using static NasEngine.Torch.torch;

namespace NasEngine.ReferenceTests.Torch;

/// <summary>Every optimiser takes PyTorch's steps.</summary>
internal sealed class OptimizerReferenceTests
{
    private static readonly Dictionary<string, Func<Tensor[], optim.Optimizer>> Optimisers = new()
    {
        ["adamw"] = p => optim.AdamW(p, lr: 0.05, weight_decay: 0.1),
        ["adamw_amsgrad"] = p => optim.AdamW(p, lr: 0.05, beta1: 0.8, beta2: 0.9, amsgrad: true),
        ["adam"] = p => optim.Adam(p, lr: 0.05, weight_decay: 0.1),
        ["sgd"] = p => optim.SGD(p, 0.05),
        ["sgd_momentum"] = p => optim.SGD(p, 0.05, momentum: 0.9, dampening: 0.2, weight_decay: 0.1),
        ["sgd_nesterov"] = p => optim.SGD(p, 0.05, momentum: 0.9, nesterov: true),
    };

    // The second parameter gets no gradient in the third step, and must be left alone then.
    [TestCaseSource(nameof(Names))]
    public void Step_FiveTimes_EqualsPyTorch(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using SafeTensorsFile file = Fixtures.Open();
        Tensor first = file.Read("optim.start").requires_grad_();
        Tensor second = file.Read("optim.second").requires_grad_();
        using optim.Optimizer optimiser = Optimisers[name]([first, second]);

        for (int i = 0; i < 5; i++)
        {
            optimiser.zero_grad();
            (first - file.Read("optim.target")).pow(4).sum().backward();
            if (i != 2)
            {
                second.pow(2).sum().backward();
            }

            optimiser.step();
            Fixtures.AssertClose(cat([first, second]), file.Read($"optim.{name}.{i}"), 1e-6, $"step {i}");
        }
    }

    [Test]
    public void ClipGradNorm_LargeGradient_EqualsPyTorch()
    {
        using DisposeScope scope = NewDisposeScope();
        using SafeTensorsFile file = Fixtures.Open();
        Tensor parameter = file.Read("optim.start").requires_grad_();
        parameter.pow(2).sum().backward();

        double norm = nn.utils.clip_grad_norm_([parameter], 1.5);

        Assert.That(norm, Is.EqualTo(file.Read("clip.norm").item<double>()).Within(1e-6));
        Fixtures.AssertClose(parameter.grad!, file.Read("clip.grad"), 1e-6, "gradient");
    }

    private static string[] Names() => [.. Optimisers.Keys];
}
