using NasEngine.Torch;
using static NasEngine.Torch.torch;

namespace NasEngine.UnitTests.Torch;

[NonParallelizable]
internal sealed class DisposeScopeTests
{
    [SetUp]
    public void CollectWhatOtherTestsLeft()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [Test]
    public void Dispose_TensorsMadeInside_AreFreedAndCountReturns()
    {
        long before = LiveTensors;
        Tensor inner;
        using (DisposeScope scope = NewDisposeScope())
        {
            inner = rand([4, 4]).matmul(rand([4, 4])).relu();
            Assert.That(scope.DisposablesCount, Is.EqualTo(4));
            Assert.That(LiveTensors, Is.EqualTo(before + 4));
        }

        Assert.That(inner.IsDisposed, Is.True);
        Assert.That(LiveTensors, Is.EqualTo(before));
        Assert.Throws<ObjectDisposedException>(() => inner.relu());
    }

    [Test]
    public void MoveToOuter_NestedScopes_LivesAsLongAsTheOuter()
    {
        using DisposeScope outer = NewDisposeScope();
        Tensor moved;
        using (NewDisposeScope())
        {
            moved = ones([2]).MoveToOuterDisposeScope();
        }

        Assert.That(moved.sum().item<float>(), Is.EqualTo(2));
        Assert.That(outer.DisposablesCount, Is.EqualTo(2));
    }

    [Test]
    public void Detach_Tensor_OutlivesEveryScope()
    {
        Tensor kept;
        using (DisposeScope scope = NewDisposeScope())
        {
            kept = scope.Detach(ones([2]));
        }

        using (kept)
        {
            Assert.That(kept.data<float>().ToArray(), Is.EqualTo(new float[] { 1, 1 }));
        }
    }

    [Test]
    public void Dispose_TensorsDisposedInAnyOrder_LeavesTheOthersOwned()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] made = [ones([1]), ones([1]), ones([1])];

        made[0].Dispose();
        made[2].Dispose();
        made[2].Dispose();

        Assert.That(scope.DisposablesCount, Is.EqualTo(1));
        Assert.That(made[1].item<float>(), Is.EqualTo(1));
    }

    [Test]
    public void Dispose_OuterBeforeInner_Throws()
    {
        DisposeScope outer = NewDisposeScope();
        using (NewDisposeScope())
        {
            Assert.Throws<InvalidOperationException>(outer.Dispose);
        }

        outer.Dispose();
    }

    [Test]
    public void TrainingSteps_Many_KeepTheNumberOfLiveTensors()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = rand([8, 8], requires_grad: true);
        using optim.Optimizer optimiser = optim.AdamW([weight]);
        long before = LiveTensors;
        for (int i = 0; i < 50; i++)
        {
            using DisposeScope step = NewDisposeScope();
            optimiser.zero_grad();
            nn.functional.linear(rand([4, 8]), weight).square().mean().backward();
            nn.utils.clip_grad_norm_([weight], 1);
            optimiser.step();
        }

        Assert.That(LiveTensors, Is.EqualTo(before));
    }

    [Test]
    public void Collection_TensorsOfNoScope_FreesThem()
    {
        long before = LiveTensors;
        Drop();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.That(LiveTensors, Is.LessThan(before + 100));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Drop()
    {
        for (int i = 0; i < 100; i++)
        {
            ones([1]);
        }
    }
}
