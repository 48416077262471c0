using NasEngine.Core.Errors;
using NasEngine.Testing.Networks;
using NasEngine.Training.Strategies;
using NasEngine.Training.Supernets;
using NasEngine.UnitTests.Training.DataSets;

namespace NasEngine.UnitTests.Training.Supernets;

internal sealed class CheckpointTests
{
    private DirectoryInfo _folder = null!;
    private Supernet _supernet = null!;
    private SandwichTrainer _trainer = null!;

    private string File => PathOf("checkpoint.safetensors");

    [SetUp]
    public void TrainThreeSteps()
    {
        _folder = Directory.CreateTempSubdirectory("nas-test-");
        _supernet = TrainingFixture.CreateSupernet();
        _trainer = TrainingFixture.CreateTrainer(_supernet);
        for (int step = 0; step < 3; step++)
        {
            _trainer.Advance();
        }

        Checkpoint.Write(File, "key", _supernet, _trainer);
    }

    [TearDown]
    public void Free()
    {
        _trainer.Dispose();
        _supernet.Dispose();
        _folder.Delete(recursive: true);
    }

    [Test]
    public void ReadWeights_AfterWrite_GivesTheSameBits()
    {
        using Supernet read = Checkpoint.ReadWeights(File, TrainingFixture.Space);

        Assert.That(TrainingFixture.Weights(read), Is.EqualTo(TrainingFixture.Weights(_supernet)));
    }

    [Test]
    public void TryRestore_OfAnotherKey_ChangesNothing()
    {
        using Supernet other = TrainingFixture.CreateSupernet();
        using SandwichTrainer trainer = TrainingFixture.CreateTrainer(other);
        float[][] before = TrainingFixture.Weights(other);

        Assert.That(Checkpoint.TryRestore(File, "another key", other, trainer), Is.False);
        Assert.That(trainer.Step, Is.Zero);
        Assert.That(TrainingFixture.Weights(other), Is.EqualTo(before));
    }

    [Test]
    public void TryRestore_OfAnotherOptimiser_NamesTheFile()
    {
        using Supernet other = TrainingFixture.CreateSupernet();
        using SandwichTrainer trainer = TrainingFixture.CreateTrainer(other, TrainingFixture.Options with { Optimizer = "adamw" });

        Assert.That(() => Checkpoint.TryRestore(File, "key", other, trainer), Throws.TypeOf<DamagedFileException>().With.Message.Contains(File));
    }

    [Test]
    public void ReadWeights_OfAnotherSpace_SaysSo() =>
        Assert.That(() => Checkpoint.ReadWeights(File, TestSpaces.Tiny()), Throws.TypeOf<DamagedFileException>().With.Message.Contains("another space than 'tiny'"));

    [Test]
    public void ReadWeights_NoFile_SaysSo() =>
        Assert.That(() => Checkpoint.ReadWeights(PathOf("none"), TrainingFixture.Space), Throws.TypeOf<UsageException>().With.Message.Contains("none"));

    [Test]
    public void Write_FolderMissing_NamesTheFile() =>
        Assert.That(() => Checkpoint.Write(PathOf("missing/checkpoint"), "key", _supernet, _trainer), Throws.TypeOf<WorkFailedException>().With.Message.Contains("missing/checkpoint"));

    [Test]
    public void TryRestore_Damaged_RestoresEverythingOrRefuses()
    {
        byte[] whole = System.IO.File.ReadAllBytes(File);
        float[][] expected = TrainingFixture.Weights(_supernet);
        using Supernet other = TrainingFixture.CreateSupernet();
        using SandwichTrainer trainer = TrainingFixture.CreateTrainer(other);

        Damage.RequireReadOrRefused(whole, PathOf("damaged"), path =>
        {
            try
            {
                if (Checkpoint.TryRestore(path, "key", other, trainer))
                {
                    Assert.That(TrainingFixture.Weights(other), Is.EqualTo(expected));
                }
            }
            catch (NasException problem)
            {
                Assert.That(problem, Is.TypeOf<DamagedFileException>());
                throw;
            }
        });
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
