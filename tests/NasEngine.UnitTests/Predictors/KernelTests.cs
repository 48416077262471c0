using NasEngine.Core.Predictors;
using NasEngine.Predictors;
using NasEngine.Predictors.GaussianProcess;
using NasEngine.Predictors.RobustRidge;
using NasEngine.Predictors.SupportVectors;
using NasEngine.Testing.Predictors;

namespace NasEngine.UnitTests.Predictors;

internal sealed class SupportVectorTests : PredictorTrainerContract
{
    protected override IPredictorTrainer Trainer { get; } = new SupportVectorTrainer();

    protected override double MostError => 0.08;

    [Test]
    public void Solve_RandomRows_MeetsTheConditionsOfTheOptimum()
    {
        const int Rows = 40;
        const double Limit = 2, Tube = 0.05;
        Random random = new(3);
        double[] values = [.. Enumerable.Range(0, Rows * 2).Select(_ => random.NextDouble() * 4)];
        double[] targets = [.. Enumerable.Range(0, Rows).Select(row => Math.Sin(values[2 * row]) + values[(2 * row) + 1] - 2)];
        double[] kernel = RadialKernel.Matrix(RadialKernel.Distances(values, Rows), 0.7);
        double[] coefficients = new double[Rows];
        SupportVectorSolver.Solve(kernel, targets, Limit, Tube, coefficients);
        for (int row = 0; row < Rows; row++)
        {
            double error = targets[row] - Enumerable.Range(0, Rows).Sum(other => kernel[(row * Rows) + other] * coefficients[other]);
            (double least, double most) = coefficients[row] switch
            {
                0 => (-Tube, Tube),
                Limit => (Tube, double.PositiveInfinity),
                -Limit => (double.NegativeInfinity, -Tube),
                > 0 => (Tube, Tube),
                _ => (-Tube, -Tube),
            };
            Assert.That(error, Is.InRange(least - 0.02, most + 0.02), $"row {row}, coefficient {coefficients[row]}");
        }
    }
}

internal sealed class RobustRidgeTests : PredictorTrainerContract
{
    protected override IPredictorTrainer Trainer { get; } = new RobustRidgeTrainer();

    [Test]
    public void Fit_TenPercentOutliers_FindsTheCoefficients()
    {
        (FeatureTable table, double[] targets) = SyntheticLatency.Create(300, 3, 0.02, 0.1);
        IPredictor predictor = Trainer.Fit(table, targets, 1);
        (FeatureTable test, double[] truth) = SyntheticLatency.Create(100, 4, 0, 0);
        Assert.That(predictor.PredictAll(test).Zip(truth, static (found, actual) => Math.Abs(found - actual) / actual).Average(), Is.LessThan(0.02));
    }
}

internal sealed class MarginalLikelihoodTests
{
    [Test]
    public void Value_Gradient_EqualsFiniteDifferences()
    {
        Random random = new(2);
        FeatureTable table = new(
            ["a[0]", "a[0].active", "b", "op=x", "op=y", "op=z"],
            Enumerable.Range(0, 25).Select(_ => (IReadOnlyList<double>)[random.NextDouble(), random.Next(2), random.NextDouble(), .. OneOf(random.Next(3))]),
            [FeatureKind.Ordinal, FeatureKind.Activity, FeatureKind.Quantity, FeatureKind.OneHot, FeatureKind.OneHot, FeatureKind.OneHot]);
        ColumnGroups groups = ColumnGroups.Of(table);
        Assert.That(groups.AreCategorical, Is.EqualTo(new[] { false, false, true }));
        double[] targets = [.. Enumerable.Range(0, 25).Select(row => table.Row(row)[0] + table.Row(row)[4] + (0.1 * random.NextDouble()))];
        MarginalLikelihood likelihood = new(GaussianProcessInputs.Of(table, groups).Apply(table), targets, groups);
        double[] point = [-0.5, 0.3, -1, -2];
        double[] gradient = new double[4];
        likelihood.Value(point, gradient);
        double[] differences =
        [
            .. Enumerable.Range(0, 4).Select(index => (likelihood.Value(Moved(point, index, 1e-5), []) - likelihood.Value(Moved(point, index, -1e-5), [])) / 2e-5),
        ];
        Assert.That(gradient, Is.EqualTo(differences).Within(1e-5));
    }

    [Test]
    public void Fit_OneGeneMattersOfTen_GivesItTheShortestScale()
    {
        Random random = new(4);
        string[] names = [.. Enumerable.Range(0, 10).Select(static gene => $"g[{gene}]")];
        FeatureTable table = new(names, Enumerable.Range(0, 80).Select(_ => (IReadOnlyList<double>)[.. names.Select(_ => random.NextDouble())]), names.Select(static _ => FeatureKind.Ordinal));
        GaussianProcessPredictor predictor = (GaussianProcessPredictor)new GaussianProcessTrainer().Fit(table, [.. Enumerable.Range(0, 80).Select(row => Math.Sin(6 * table.Row(row)[3]))], 1);
        Assert.That(predictor.Parameters.LengthScales[3], Is.LessThan(0.5 * predictor.Parameters.LengthScales.Where((_, gene) => gene != 3).Min()));
    }

    private static double[] OneOf(int choice) => [.. Enumerable.Range(0, 3).Select(other => other == choice ? 1.0 : 0)];

    private static double[] Moved(double[] point, int index, double by)
    {
        double[] moved = [.. point];
        moved[index] += by;
        return moved;
    }
}
