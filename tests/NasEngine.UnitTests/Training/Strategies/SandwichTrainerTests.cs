using NasEngine.Core.Errors;
using NasEngine.Testing;
using NasEngine.Torch;
using NasEngine.Training.Strategies;
using NasEngine.Training.Supernets;
using static NasEngine.Torch.torch;

namespace NasEngine.UnitTests.Training.Strategies;

[NonParallelizable]
internal sealed class SandwichTrainerTests
{
    [TestCase("sgd", 0.1)]
    [TestCase("adamw", 0.01)]
    public void Advance_ManySteps_LossFallsAndEverySizeLearns(string optimizer, double rate)
    {
        using Supernet supernet = TrainingFixture.CreateSupernet();
        using SandwichTrainer trainer = TrainingFixture.CreateTrainer(supernet, TrainingFixture.Options with { Steps = 150, BatchSize = 32, Optimizer = optimizer, LearningRate = rate });

        Finish(trainer);

        Assert.That(trainer.Curve, Has.Count.EqualTo(15));
        Assert.That(trainer.Curve[^1].LargestLoss, Is.LessThan(0.5 * trainer.Curve[0].LargestLoss));
        Assert.That(trainer.Curve[^1].SmallestLoss, Is.LessThan(trainer.Curve[0].SmallestLoss));
        Assert.That(trainer.Curve[^1].Validation!.LargestAccuracy, Is.GreaterThan(0.9));
        Assert.That(trainer.Curve[^1].Validation!.SmallestAccuracy, Is.GreaterThan(0.7));
        Assert.That(TrainingFixture.CreateEvaluator(supernet).Validate(supernet.Space.Largest).Accuracy, Is.GreaterThan(0.9));
        Assert.That(TrainingFixture.CreateEvaluator(supernet).Validate(supernet.Space.Smallest).Accuracy, Is.GreaterThan(0.7));
    }

    [Test]
    public void Advance_SameSeed_GivesTheSameBits()
    {
        Assert.That(Train(seed: 2), Is.EqualTo(Train(seed: 2)));
        Assert.That(Train(seed: 2), Is.Not.EqualTo(Train(seed: 4)));
    }

    [Test]
    public void Advance_StoppedAndRestored_EndsAsIfUninterrupted([Values(4, 5, 6, 9, 10, 11)] int stop, [Values("sgd", "adamw")] string optimizer)
    {
        using TemporaryFolder folder = new();
        TrainingOptions options = TrainingFixture.Options with { Steps = 13, Optimizer = optimizer, LearningRate = 0.02, Flip = true };
        string path = folder.PathOf("checkpoint.safetensors");
        using (Supernet stopped = TrainingFixture.CreateSupernet())
        {
            using SandwichTrainer trainer = TrainingFixture.CreateTrainer(stopped, options);
            AdvanceTo(stop, stopped, trainer, path);
        }

        using Supernet whole = TrainingFixture.CreateSupernet(), resumed = TrainingFixture.CreateSupernet();
        using SandwichTrainer uninterrupted = TrainingFixture.CreateTrainer(whole, options), second = TrainingFixture.CreateTrainer(resumed, options);
        bool found = Checkpoint.TryRestore(path, "key", resumed, second);

        Assert.That(found, Is.EqualTo(stop >= options.CheckpointEvery));
        Assert.That(second.Step, Is.EqualTo(stop / options.CheckpointEvery * options.CheckpointEvery));
        Finish(uninterrupted);
        Finish(second);
        Assert.That(TrainingFixture.Weights(resumed), Is.EqualTo(TrainingFixture.Weights(whole)));
        Assert.That(State(second), Is.EqualTo(State(uninterrupted)));
        Assert.That(second.Curve, Is.EqualTo(uninterrupted.Curve));
    }

    [Test]
    public void Advance_TwoHundredMoreSteps_KeepsNoMoreTensors()
    {
        using Supernet supernet = TrainingFixture.CreateSupernet();
        using SandwichTrainer trainer = TrainingFixture.CreateTrainer(supernet, TrainingFixture.Options with { Steps = 1000 });
        AdvanceTo(20, supernet, trainer);
        long alive = Alive();

        AdvanceTo(220, supernet, trainer);

        Assert.That(Alive(), Is.EqualTo(alive));
    }

    [Test]
    public void Advance_Distilled_LargestLearnsFromLabelsAlone()
    {
        // The smallest subnet uses the first half of the last stage; the other half belongs to the largest alone.
        float[] distilled = GradientsOfTheLargestAlone(distill: true), labelled = GradientsOfTheLargestAlone(distill: false);

        Assert.That(distilled, Is.EqualTo(labelled));
        Assert.That(distilled, Has.Some.Not.Zero);
    }

    [Test]
    public void Advance_LossNoLongerANumber_SaysWhatToLower()
    {
        using Supernet supernet = TrainingFixture.CreateSupernet();
        using (no_grad())
        {
            supernet["classifier.weight"].fill_(float.NaN);
        }

        using SandwichTrainer trainer = TrainingFixture.CreateTrainer(supernet);

        Assert.That(() => Finish(trainer), Throws.TypeOf<WorkFailedException>().With.Message.Contains("Lower the learning rate"));
    }

    [Test]
    public void Create_DataOfAnotherTask_NamesBoth()
    {
        using Supernet supernet = TrainingFixture.CreateSupernet(NasEngine.Testing.Networks.TestSpaces.Tiny());

        Assert.That(() => TrainingFixture.CreateTrainer(supernet), Throws.TypeOf<UsageException>().With.Message.Contains("3 classes").And.Message.Contains("4 classes"));
    }

    private static float[][] Train(long seed)
    {
        using Supernet supernet = TrainingFixture.CreateSupernet();
        using SandwichTrainer trainer = TrainingFixture.CreateTrainer(supernet, TrainingFixture.Options with { Steps = 12 }, seed);
        Finish(trainer);
        return TrainingFixture.Weights(supernet);
    }

    private static float[] GradientsOfTheLargestAlone(bool distill)
    {
        using Supernet supernet = TrainingFixture.CreateSupernet();
        using SandwichTrainer trainer = TrainingFixture.CreateTrainer(supernet, TrainingFixture.Options with { Distill = distill, RandomSubnets = 0, ClipNorm = 0 });
        trainer.Advance();
        using DisposeScope scope = NewDisposeScope();
        return TrainingFixture.Values(supernet["head.weight"].grad!.narrow(1, 8, 8));
    }

    private static void Finish(SandwichTrainer trainer)
    {
        while (!trainer.IsDone)
        {
            trainer.Advance();
        }
    }

    // As a training job does: a checkpoint every so many steps.
    private static void AdvanceTo(int step, Supernet supernet, SandwichTrainer trainer, string? path = null)
    {
        while (trainer.Step < step)
        {
            trainer.Advance();
            if (path is not null && trainer.Step % TrainingFixture.Options.CheckpointEvery == 0)
            {
                Checkpoint.Write(path, "key", supernet, trainer);
            }
        }
    }

    private static Dictionary<string, float[]> State(SandwichTrainer trainer) => trainer.OptimizerState.ToDictionary(pair => pair.Key, pair => TrainingFixture.Values(pair.Value));

    private static long Alive()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return LiveTensors;
    }
}
