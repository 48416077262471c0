using NasEngine.Core.Errors;
using NasEngine.Core.Predictors;
using NasEngine.Predictors;

namespace NasEngine.Testing.Predictors;

/// <summary>What every trainer and its predictors keep. Derive and give the trainer.</summary>
public abstract class PredictorTrainerContract
{
    private static readonly (FeatureTable Table, double[] Targets) Train = SyntheticLatency.Create(60, 1, 0.02, 0);
    private static readonly (FeatureTable Table, double[] Targets) Test = SyntheticLatency.Create(40, 2, 0.02, 0);

    private readonly Lazy<IPredictor> _fitted;

    protected PredictorTrainerContract() => _fitted = new Lazy<IPredictor>(() => Trainer.Fit(Train.Table, Train.Targets, 1));

    protected abstract IPredictorTrainer Trainer { get; }

    /// <summary>The mean relative error allowed on held-out rows of a nearly linear table; steps of trees and ranks need more room.</summary>
    protected virtual double MostError => 0.05;

    // Predictors do not change by what is asked of them: one is enough.
    private IPredictor Fitted => _fitted.Value;

    [Test]
    public void Fit_SmoothTargets_PredictsHeldOutRows()
    {
        double[] errors = [.. Fitted.PredictAll(Test.Table).Zip(Test.Targets, (predicted, actual) => Math.Abs(predicted - actual) / actual)];
        Assert.That(errors.Average(), Is.LessThan(MostError));
    }

    [Test]
    public void Fit_Twice_GivesEqualBits() => Assert.That(
        Trainer.Fit(Train.Table, Train.Targets, 1).PredictAll(Test.Table), Is.EqualTo(Fitted.PredictAll(Test.Table)));

    [Test]
    public void Fit_Predictor_KeepsTheColumns() => Assert.That(Fitted.Features, Is.EqualTo(Train.Table.Columns));

    [TestCase(3)]
    [TestCase(4)]
    [TestCase(12)]
    public void Fit_FewRowsManyColumns_GivesFiniteReasonableValues(int rows)
    {
        (FeatureTable table, double[] targets) = SyntheticLatency.Create(rows, 5, 0.05, 0, uselessColumns: 30);
        double[] predictions = Trainer.Fit(table, targets, 1).PredictAll(SyntheticLatency.Create(50, 6, 0, 0, uselessColumns: 30).Table);
        Assert.That(predictions, Has.All.InRange(targets.Min() / 10 - 5, targets.Max() * 10));
    }

    [Test]
    public void Fit_ConstantColumnAndTargets_PredictsTheConstant()
    {
        FeatureTable table = new(["one", "x"], [[1, 1], [1, 2], [1, 3], [1, 4.0]]);
        Assert.That(Trainer.Fit(table, [2, 2, 2, 2], 1).Predict([1, 2.5]), Is.EqualTo(2).Within(0.05));
    }

    [Test]
    public void File_RoundTrip_GivesEqualBits()
    {
        IPredictor written = Fitted;
        IPredictor read = PredictorFile.Parse("p.json", PredictorFile.ToJson(written));
        Assert.That(read.Kind, Is.EqualTo(written.Kind));
        Assert.That(read.PredictAll(Test.Table), Is.EqualTo(written.PredictAll(Test.Table)));
        Assert.That(read.Uncertainty(Test.Table.Row(0)), Is.EqualTo(written.Uncertainty(Test.Table.Row(0))));
    }

    [Test]
    public void File_CutAnywhere_IsRefused()
    {
        string json = PredictorFile.ToJson(Fitted);
        int[] lengths = [.. Enumerable.Range(0, 40).Select(part => part * (json.Length - 2) / 40)];
        Assert.That(lengths, Has.All.Matches((int length) => IsRefused(json[..length])));
    }

    [Test]
    public void File_OneDigitChanged_IsRefused()
    {
        string json = PredictorFile.ToJson(Fitted);
        int[] digits = [.. Enumerable.Range(0, json.Length).Where(index => char.IsAsciiDigit(json[index])).Where((_, index) => index % 37 == 0).Take(60)];
        Assert.That(digits, Has.All.Matches((int index) => IsRefused(json[..index] + (char)('0' + ((json[index] - '0' + 5) % 10)) + json[(index + 1)..])));
    }

    [Test]
    public void Fit_OtherNumberOfTargets_Throws() => Assert.That(() => Trainer.Fit(Train.Table, [1, 2, 3], 1), Throws.ArgumentException);

    [Test]
    public void Fit_InfiniteTarget_Throws() =>
        Assert.That(() => Trainer.Fit(Train.Table, [.. Train.Targets[1..], double.PositiveInfinity], 1), Throws.ArgumentException);

    [Test]
    public void Predict_OtherNumberOfFeatures_Throws()
    {
        Assert.That(() => Fitted.Predict([1, 2]), Throws.ArgumentException.With.Message.Contains("Expected 4 features, got 2"));
    }

    private static bool IsRefused(string json)
    {
        try
        {
            PredictorFile.Parse("p.json", json);
            return false;
        }
        catch (NasException problem) when (problem is InputFormatException or DamagedFileException)
        {
            return true;
        }
    }
}
