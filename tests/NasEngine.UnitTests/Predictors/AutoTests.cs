using NasEngine.Core.Errors;
using NasEngine.Core.Predictors;
using NasEngine.Predictors;
using NasEngine.Predictors.Auto;
using NasEngine.Predictors.Ensemble;
using NasEngine.Predictors.GaussianProcess;
using NasEngine.Predictors.RandomForest;
using NasEngine.Predictors.Ridge;
using NasEngine.Predictors.RobustAdditive;
using NasEngine.Predictors.SupportVectors;
using NasEngine.Testing.Predictors;

namespace NasEngine.UnitTests.Predictors;

internal sealed class AutoTests : PredictorTrainerContract
{
    private static readonly IPredictorTrainer[] Quick = [new GaussianProcessTrainer(), new RidgeTrainer(), new RobustAdditiveTrainer()];

    protected override IPredictorTrainer Trainer { get; } = new AutoTrainer(Quick, new AutoOptions { Criterion = AutoCriterion.MeanAbsolutePercentageError });

    [Test]
    public void Choose_CurvedTargets_TakesTheGaussianProcessAndSaysWhy()
    {
        double[] xs = [.. Enumerable.Range(0, 60).Select(index => index * 0.1)];
        AutoTrainer auto = new([new GaussianProcessTrainer(), new RidgeTrainer()], new AutoOptions { Criterion = AutoCriterion.KendallTau });
        AutoChoice choice = auto.Choose(new FeatureTable(["x"], xs), [.. xs.Select(Math.Sin)], 1);
        Assert.That(choice.Reason, Does.Contain("has the best Kendall tau in 5-fold cross-validation on 60 rows").And.Contain("gp (tau 1.000, "));
        Assert.That(choice.Candidates.Keys, Has.Member("gp").And.Not.Member("ridge"), "a straight line is dropped after the first fold");
        Assert.That(choice.Predictor.Predict([2.55]), Is.EqualTo(Math.Sin(2.55)).Within(0.03));
    }

    [Test]
    public void Choose_Candidates_SeeOnlyTrainingRows()
    {
        RecordingTrainer recorder = new(TrainerTraits.None);
        new AutoTrainer([recorder], new AutoOptions()).Choose(new FeatureTable(["x"], [.. Enumerable.Range(0, 20).Select(row => (double)row)]), [.. Enumerable.Range(0, 20).Select(row => (double)row)], 1);
        Assert.That(recorder.RowsSeen.SkipLast(1), Has.All.EqualTo(16));
        Assert.That(recorder.RowsSeen[^1], Is.EqualTo(20));
    }

    [Test]
    public void Choose_TrainerForComparison_IsNeverFitted()
    {
        RecordingTrainer recorder = new(TrainerTraits.ForComparison);
        (FeatureTable table, double[] targets) = SyntheticLatency.Create(40, 1, 0.02, 0);
        new AutoTrainer([recorder, new RidgeTrainer()], new AutoOptions()).Choose(table, targets, 1);
        Assert.That(recorder.RowsSeen, Is.Empty);
    }

    [Test]
    public void Choose_SmallBudget_FitsTheCheapOnesOnly()
    {
        RecordingTrainer recorder = new(TrainerTraits.None) { Seconds = 10 };
        (FeatureTable table, double[] targets) = SyntheticLatency.Create(40, 1, 0.02, 0);
        AutoChoice choice = new AutoTrainer([recorder, new RidgeTrainer()], new AutoOptions { Budget = 5 }).Choose(table, targets, 1);
        Assert.That(recorder.RowsSeen, Is.Empty);
        Assert.That(choice.Candidates.Keys, Has.None.Contains("recording"));
    }

    [Test]
    public void Choose_LongTail_IsNotLedByTheTail()
    {
        (FeatureTable table, double[] targets) = SyntheticLatency.Create(80, 1, 0.02, 0);
        double[] tailed = [.. targets.Select((target, row) => row % 20 == 0 ? 10 : 94 + (1 / (1 + target)))];
        AutoChoice choice = new AutoTrainer(Quick, new AutoOptions()).Choose(table, tailed, 1);
        double[] middle = [.. choice.Predictor.PredictAll(table).Where((_, row) => row % 20 != 0)];
        Assert.That(middle.Order().ElementAt(middle.Length / 2), Is.InRange(93, 96));
    }

    [Test]
    public void Trainer_UnknownName_ListsThoseThatExist() => Assert.That(
        () => PredictorRegistry.Default.Trainer("forest", AutoCriterion.KendallTau),
        Throws.InstanceOf<UsageException>().With.Message.StartsWith("There is no predictor 'forest'. Known: adapted, auto, diffkendall-mlp, ensemble, extra-trees, gp, "));

    private sealed class RecordingTrainer(TrainerTraits traits) : IPredictorTrainer
    {
        private readonly RidgeTrainer _inner = new();

        public List<int> RowsSeen { get; } = [];

        public double Seconds { get; init; }

        public string Name => "recording";

        public string Description => "Counts rows.";

        public TrainerTraits Traits => traits;

        public double Effort(int rows, int columns) => Seconds;

        public string? Objection(FeatureTable table, IReadOnlyList<double> targets) => null;

        public IPredictor Fit(FeatureTable table, IReadOnlyList<double> targets, long seed)
        {
            RowsSeen.Add(table.Rows);
            return _inner.Fit(table, targets, seed);
        }
    }
}

[Parallelizable]
internal sealed class EnsembleTests : PredictorTrainerContract
{
    protected override IPredictorTrainer Trainer { get; } = new EnsembleTrainer([new RidgeTrainer(), new SupportVectorTrainer(), new ForestTrainer(drawsThresholds: true, trees: 10)]);

    [Test]
    public void PredictAll_ManyRows_HasTheBitsOfSinglePredictions()
    {
        (FeatureTable table, double[] targets) = SyntheticLatency.Create(60, 1, 0.1, 0.1);
        IPredictor predictor = Trainer.Fit(table, targets, 3);
        Assert.That(predictor, Is.InstanceOf<EnsemblePredictor>());
        Assert.That(predictor.PredictAll(table), Is.EqualTo(Enumerable.Range(0, 60).Select(row => predictor.Predict(table.Row(row)))));
    }

    [Test]
    public void Find_OneGoodOneUselessMember_GivesTheGoodOneTheWeight()
    {
        Random random = new(1);
        double[] truth = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble())];
        double[] noise = [.. truth.Select(_ => random.NextDouble())];
        (double[] weights, double constant) = StackedWeights.Find([truth, noise], truth, [.. truth.Select(static _ => 1.0)], [.. Enumerable.Range(0, 200)]);
        Assert.That(weights[0], Is.EqualTo(1).Within(0.06));
        Assert.That(weights[1], Is.InRange(0, 0.06));
        Assert.That(constant, Is.EqualTo(0).Within(0.06));
    }
}
