using NasEngine.Torch;
using static NasEngine.Torch.torch;

namespace NasEngine.UnitTests.Torch;

internal sealed class OptimizerTests
{
    private static readonly Dictionary<string, Func<Tensor, optim.Optimizer>> Optimisers = new()
    {
        ["AdamW"] = p => optim.AdamW([p], lr: 0.1),
        ["Adam with amsgrad"] = p => optim.Adam([p], lr: 0.1, amsgrad: true),
        ["SGD with momentum"] = p => optim.SGD([p], 0.1, momentum: 0.9),
    };

    [TestCaseSource(nameof(Names))]
    public void LoadStateDict_AfterThreeSteps_ContinuesBitForBit(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(3);
        Tensor parameter = randn([5], requires_grad: true, generator: generator);
        using optim.Optimizer first = Optimisers[name](parameter);
        Steps(first, parameter, 3);
        Tensor copy = parameter.detach().clone().requires_grad_();
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.safetensors");
        SafeTensors.WriteAtomic(path, first.state_dict());
        using optim.Optimizer second = Optimisers[name](copy);

        second.load_state_dict(SafeTensors.Read(path));
        File.Delete(path);
        Steps(first, parameter, 4);
        Steps(second, copy, 4);

        Assert.That(copy.detach().data<float>().ToArray(), Is.EqualTo(parameter.detach().data<float>().ToArray()));
    }

    [Test]
    public void LoadStateDict_OtherShape_NamesTheState()
    {
        using DisposeScope scope = NewDisposeScope();
        using optim.Optimizer small = optim.AdamW([ones([2], requires_grad: true)]);
        using optim.Optimizer large = optim.AdamW([ones([3], requires_grad: true)]);
        Assert.That(() => large.load_state_dict(small.state_dict()), Throws.ArgumentException.With.Message.Contains("0.exp_avg"));
    }

    [Test]
    public void Step_GroupsWithOwnRates_UsesEach()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor fast = ones([1], requires_grad: true);
        Tensor slow = ones([1], requires_grad: true);
        using optim.Optimizer optimiser = optim.SGD([new optim.ParamGroup([fast]), new optim.ParamGroup([slow], lr: 0.25)], 1);
        (fast + slow).backward();
        optimiser.ParamGroups[0].LearningRate = 0.5;

        optimiser.step();

        Assert.That(fast.item<float>(), Is.EqualTo(0.5f));
        Assert.That(slow.item<float>(), Is.EqualTo(0.75f));
    }

    private static string[] Names() => [.. Optimisers.Keys];

    private static void Steps(optim.Optimizer optimiser, Tensor parameter, int count)
    {
        for (int i = 0; i < count; i++)
        {
            optimiser.zero_grad();
            parameter.pow(4).sum().backward();
            optimiser.step();
        }
    }
}
