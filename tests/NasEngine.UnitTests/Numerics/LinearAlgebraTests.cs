using NasEngine.Numerics.LinearAlgebra;

namespace NasEngine.UnitTests.Numerics;

internal sealed class LinearAlgebraTests
{
    [Test]
    public void SolveWithJitter_PositiveDefinite_SolvesWithout([Values(1, 2, 5, 30)] int size)
    {
        (double[] gram, double[] right) = NormalEquations(new Random(size), size + 20, size);
        double[] solution = [.. right];
        double jitter = DenseLinearSystem.SolveWithJitter([.. gram], solution);
        double[] product = [.. Enumerable.Range(0, size).Select(row => Enumerable.Range(0, size).Sum(column => gram[(row * size) + column] * solution[column]))];
        Assert.That(jitter, Is.Zero);
        Assert.That(product, Is.EqualTo(right).Within(1e-9));
    }

    [Test]
    public void SolveWithJitter_TwoEqualColumns_SharesBetweenThem()
    {
        double[] solution = [2, 2];
        double jitter = DenseLinearSystem.SolveWithJitter([1, 1, 1, 1], solution);
        Assert.That(jitter, Is.InRange(1e-12, 1e-6));
        Assert.That(solution, Is.EqualTo(new[] { 1.0, 1.0 }).Within(1e-3));
    }

    [Test]
    public void TryCholesky_Indefinite_IsFalse() => Assert.That(DenseLinearSystem.TryCholesky([1, 2, 2, 1], 2), Is.False);

    [Test]
    public void NonNegative_RandomProblems_MeetsTheOptimalityConditions([Values(3, 12, 40)] int size)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            (double[] gram, double[] right) = NormalEquations(new Random(seed), size + 5, size);
            double[] x = new double[size];
            NonNegativeLeastSquares.Solve(gram, right, [], x);
            double[] gradient = [.. Enumerable.Range(0, size).Select(row => right[row] - Enumerable.Range(0, size).Sum(column => gram[(row * size) + column] * x[column]))];
            Assert.That(x, Has.All.GreaterThanOrEqualTo(0));
            Assert.That(gradient, Has.All.LessThan(1e-8));
            Assert.That(gradient.Zip(x, (slope, value) => slope * value), Has.All.EqualTo(0).Within(1e-8));
        }
    }

    [Test]
    public void NonNegative_FromAnotherStart_FindsTheSame()
    {
        (double[] gram, double[] right) = NormalEquations(new Random(4), 40, 12);
        double[] cold = new double[12];
        double[] warm = [.. Enumerable.Range(0, 12).Select(index => index - 5.0)];
        NonNegativeLeastSquares.Solve(gram, right, [], cold);
        NonNegativeLeastSquares.Solve(gram, right, [], warm);
        Assert.That(warm, Is.EqualTo(cold).Within(1e-9));
    }

    [Test]
    public void NonNegative_FreeCoefficient_MayBeNegative()
    {
        double[] x = new double[2];
        NonNegativeLeastSquares.Solve([1, 0, 0, 1], [-3, -4], [true, false], x);
        Assert.That(x, Is.EqualTo(new double[] { -3, 0 }));
    }

    [Test]
    public void Fit_TenPercentOutliers_FindsTheCoefficients([Values] bool nonNegative)
    {
        Random random = new(8);
        double[] truth = [3, 0.5, 2];
        double[] design = [.. Enumerable.Range(0, 200).SelectMany(_ => new[] { 1, random.NextDouble() * 10, random.NextDouble() })];
        double[] targets = [.. Enumerable.Range(0, 200).Select(row => truth.Select((value, column) => value * design[(3 * row) + column]).Sum() + (0.01 * (random.NextDouble() - 0.5)))];
        for (int row = 0; row < 200; row += 10)
        {
            targets[row] *= 5;
        }

        double[] found = new double[3];
        HuberFit fit = IteratedReweightedLeastSquares.Fit(design, targets, new double[3], nonNegative, found);
        Assert.That(found, Is.EqualTo(truth).Within(0.02));
        Assert.That(fit.HasConverged, Is.True);
        Assert.That(fit.Scale, Is.LessThan(0.01));
    }

    [Test]
    public void Fit_ExactTargets_Reproduces()
    {
        double[] found = new double[2];
        IteratedReweightedLeastSquares.Fit([1, 0, 1, 1, 1, 2, 1, 3], [1, 3, 5, 7], new double[2], false, found);
        Assert.That(found, Is.EqualTo(new double[] { 1, 2 }).Within(1e-9));
    }

    private static (double[] Gram, double[] Right) NormalEquations(Random random, int rows, int size)
    {
        double[] design = [.. Enumerable.Range(0, rows * size).Select(_ => random.NextDouble() - 0.5)];
        double[] targets = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() - 0.5)];
        double[] gram = [.. from i in Enumerable.Range(0, size) from j in Enumerable.Range(0, size) select Enumerable.Range(0, rows).Sum(row => design[(row * size) + i] * design[(row * size) + j])];
        return (gram, [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, rows).Sum(row => design[(row * size) + i] * targets[row]))]);
    }
}
