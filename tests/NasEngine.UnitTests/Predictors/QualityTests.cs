using NasEngine.Core.Predictors;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Predictors;
using NasEngine.Predictors.Quality;
using NasEngine.Predictors.Ridge;
using NasEngine.Testing.Predictors;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Predictors;

internal sealed class QualityTests
{
    [Test]
    public void Compare_Known_GivesPlainFormulas()
    {
        PredictorQuality quality = HoldOut.Compare(7, [1, 2, 4, 8], [1.04, 2.2, 3, 8]);
        Assert.Multiple(() =>
        {
            Assert.That((quality.TrainedOn, quality.HeldOut), Is.EqualTo((7, 4)));
            Assert.That(quality.KendallTau, Is.EqualTo(1));
            Assert.That(quality.Spearman, Is.EqualTo(1).Within(1e-15));
            Assert.That(quality.MeanAbsoluteError, Is.EqualTo(1.24 / 4).Within(1e-12));
            Assert.That(quality.RootMeanSquareError, Is.EqualTo(Math.Sqrt((0.0016 + 0.04 + 1) / 4)).Within(1e-12));
            Assert.That(quality.MeanAbsolutePercentageError, Is.EqualTo(100 * (0.04 + 0.1 + 0.25) / 4).Within(1e-9));
            Assert.That(quality.ShareWithin5Percent, Is.EqualTo(0.5));
            Assert.That(quality.ShareWithin10Percent, Is.EqualTo(0.75).Or.EqualTo(0.5)); // 2.2 is not exactly 10 % above 2
        });
    }

    [Test]
    public void Split_ShareOfRows_PartsThem()
    {
        (IReadOnlyList<int> train, IReadOnlyList<int> held) = HoldOut.Split(50, 0.2, 3);
        Assert.That(held, Has.Count.EqualTo(10));
        Assert.That(train.Concat(held), Is.EquivalentTo(Enumerable.Range(0, 50)));
        Assert.That(HoldOut.Split(50, 0.2, 3).HeldOut, Is.EqualTo(held));
        Assert.That(HoldOut.Split(50, 0.2, 4).HeldOut, Is.Not.EqualTo(held));
    }

    [Test]
    public void AssignFolds_NoMultiple_DiffersByAtMostOne() =>
        Assert.That(CrossValidation.AssignFolds(23, 5, 1).GroupBy(fold => fold).Select(fold => fold.Count()), Is.EquivalentTo(new[] { 5, 5, 5, 4, 4 }));

    [Test]
    public void Predict_EveryRow_ByAFitWithoutIt()
    {
        (FeatureTable table, double[] targets) = SyntheticLatency.Create(30, 1, 0.1, 0);
        double[] predictions = CrossValidation.Predict(new RidgeTrainer(), table, targets, 30, 9);
        int[] others = [.. Enumerable.Range(0, 30).Where(row => row != 17)];
        IPredictor without = new RidgeTrainer().Fit(table.Select(others), [.. others.Select(row => targets[row])], 9);
        Assert.That(predictions[17], Is.EqualTo(without.Predict(table.Row(17))));
    }

    [Test]
    public void Of_Genotypes_NamesAndMasksColumns()
    {
        SearchProblem problem = SyntheticProblem.Create(1);
        ArchitectureFeatures features = new(problem.Space);
        Genotype genotype = problem.Space.Parse("depth=2 kernel=5,7,- expand=2,6,-");
        Dictionary<string, double> values = features.Columns.Zip(features.Of(genotype)).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.Multiple(() =>
        {
            Assert.That(values["depth[0]"], Is.EqualTo(0.5));
            Assert.That(values["kernel[1]"], Is.EqualTo(1));
            Assert.That(values["kernel[2]"], Is.Zero);
            Assert.That((values["kernel[1].active"], values["kernel[2].active"]), Is.EqualTo((1.0, 0.0)));
            Assert.That((values["kernel.mean"], values["expand.sum"]), Is.EqualTo((6.0, 8.0)));
            Assert.That(values, Has.Count.EqualTo(7 + 4 + 4));
        });
    }

    [Test]
    public void Table_NotFinite_NamesTheCell() =>
        Assert.That(() => new FeatureTable(["a", "b"], [1, 2, 3, double.NaN]), Throws.ArgumentException.With.Message.Contains("'b' of row 1"));

    [Test]
    public void PredictAll_OtherColumns_Throws()
    {
        (FeatureTable table, double[] targets) = SyntheticLatency.Create(10, 1, 0.1, 0);
        IPredictor predictor = PredictorRegistry.Default.Find("ridge").Trainer.Fit(table, targets, 1);
        Assert.That(() => predictor.PredictAll(new FeatureTable(["x"], [1])), Throws.ArgumentException);
    }
}
