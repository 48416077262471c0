using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Search.Surrogates;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Search.Surrogates;

internal sealed class SurrogateTests
{
    private static readonly SearchProblem Problem = SyntheticProblem.Create(2);

    [Test]
    public void Means_AndVariances_EqualThePlainDenseFormula()
    {
        (FeatureRows rows, double[] targets) = Observe(40);
        SurrogateKernel kernel = KernelFit.Fit(rows, [.. Enumerable.Range(0, 30)], targets.AsSpan(0, 30), steps: 10);
        int[] pool = [.. Enumerable.Range(0, 40)];
        PoolPosterior posterior = new(rows, pool, kernel);
        posterior.Extend([.. Enumerable.Range(0, 30)]);
        float[] means = new float[40], variances = new float[40];
        posterior.Means(targets.AsSpan(0, 30), means);
        posterior.Variances(variances);
        double[] inverse = Inverse(Covariances(rows, kernel, 30), 30);
        for (int member = 30; member < 40; member++)
        {
            double[] to = [.. Enumerable.Range(0, 30).Select(row => Covariance(rows, kernel, member, row))];
            double mean = 0, explained = 0;
            for (int row = 0; row < 30; row++)
            {
                for (int column = 0; column < 30; column++)
                {
                    mean += to[row] * inverse[(row * 30) + column] * targets[column];
                    explained += to[row] * inverse[(row * 30) + column] * to[column];
                }
            }

            Assert.That(means[member], Is.EqualTo(mean).Within(1e-3));
            Assert.That(variances[member], Is.EqualTo(Math.Max(kernel.Nugget, kernel.Variance - explained)).Within(1e-3 * kernel.Variance));
        }
    }

    [Test]
    public void Extend_OneByOne_EqualsAtOnceBitForBit()
    {
        (FeatureRows rows, double[] targets) = Observe(300);
        SurrogateKernel kernel = KernelFit.Fit(rows, [.. Enumerable.Range(0, 40)], targets.AsSpan(0, 40), steps: 5);
        int[] pool = [.. Enumerable.Range(100, 200)];
        PoolPosterior atOnce = new(rows, pool, kernel), single = new(rows, pool, kernel);
        int[] observed = [.. Enumerable.Range(0, 100)];
        atOnce.Extend(observed);
        foreach (int row in observed)
        {
            single.Extend([row]);
        }

        Assert.That(Read(single, targets), Is.EqualTo(Read(atOnce, targets)));
    }

    [Test]
    public void Among_SomeMembers_SaysOfThemWhatTheWholeSays()
    {
        (FeatureRows rows, double[] targets) = Observe(300);
        SurrogateKernel kernel = KernelFit.Fit(rows, [.. Enumerable.Range(0, 40)], targets.AsSpan(0, 40), steps: 5);
        int[] pool = [.. Enumerable.Range(100, 200)];
        int[] members = [3, 150, 77, 199];
        PoolPosterior whole = new(rows, pool, kernel);
        whole.Extend([.. Enumerable.Range(0, 60)]);
        PoolPosterior some = whole.Among(pool, members);
        whole.Extend([80, 90]);
        some.Extend([80, 90]);
        float[] expected = new float[200], actual = new float[4];
        whole.Variances(expected);
        some.Variances(actual);
        Assert.That(actual, Is.EqualTo(members.Select(member => expected[member])));
        whole.Means(targets.AsSpan(0, 60), expected);
        some.Means(targets.AsSpan(0, 60), actual);
        Assert.That(actual, Is.EqualTo(members.Select(member => expected[member])));
    }

    [Test]
    public void Objective_AnyPoint_HasTheGradientOfFiniteDifferences()
    {
        (FeatureRows rows, double[] targets) = Observe(25);
        KernelFit fit = new(rows, [.. Enumerable.Range(0, 25)], targets, 1);
        Random random = new(3);
        double[] point = [.. fit.Start.Select(value => value + random.NextDouble() - 0.5)];
        double[] gradient = new double[point.Length], ignored = new double[point.Length];
        fit.Objective(point, gradient);
        for (int index = 0; index < point.Length; index++)
        {
            double[] above = [.. point], below = [.. point];
            above[index] += 1e-5;
            below[index] -= 1e-5;
            Assert.That(gradient[index], Is.EqualTo((fit.Objective(above, ignored) - fit.Objective(below, ignored)) / 2e-5).Within(1e-4), $"by setting {index}");
        }
    }

    [Test]
    public void Append_RowByRow_EqualsThePlainFactor()
    {
        Random random = new(2);
        double[][] half = [.. Enumerable.Range(0, 12).Select(_ => Enumerable.Range(0, 12).Select(_ => random.NextDouble()).ToArray())];
        double[] matrix = [.. Enumerable.Range(0, 144).Select(at => half[at / 12].Zip(half[at % 12]).Sum(pair => pair.First * pair.Second) + (at / 12 == at % 12 ? 1 : 0))];
        CholeskyFactor factor = new();
        for (int row = 0; row < 12; row++)
        {
            factor.Append(matrix.AsSpan(row * 12, row + 1));
        }

        double[] inverse = factor.Inverse();
        double[] product = [.. Enumerable.Range(0, 144).Select(at => Enumerable.Range(0, 12).Sum(index => matrix[(at / 12 * 12) + index] * inverse[(index * 12) + (at % 12)]))];
        Assert.That(product, Is.EqualTo(Enumerable.Range(0, 144).Select(at => at / 12 == at % 12 ? 1.0 : 0.0)).Within(1e-10));
        double[] solution = [.. Enumerable.Range(0, 12).Select(index => (double)index)];
        factor.SolveLower(solution);
        factor.SolveUpper(solution);
        Assert.That(solution, Is.EqualTo(Enumerable.Range(0, 12).Select(row => Enumerable.Range(0, 12).Sum(index => inverse[(row * 12) + index] * index))).Within(1e-10));
    }

    [Test]
    public void Of_CostsWithABadTail_KeepsTheirOrderAndGoodOnesApart()
    {
        double[] costs = [.. Enumerable.Range(0, 50).Select(index => 5 + (0.1 * index)), 90, 90.5];
        CostScale scale = new(costs);
        Assert.That(costs.Select(scale.Of), Is.Ordered.Ascending);
        Assert.That(scale.Of(90) - scale.Of(9.9), Is.LessThan(4 * (scale.Of(9.9) - scale.Of(5))));
        Assert.That(scale.Of(6) - scale.Of(5), Is.EqualTo(scale.Of(7) - scale.Of(6)).Within(1e-12));
    }

    [Test]
    public void Of_ConstantCosts_IsFinite()
    {
        Assert.That(new CostScale([3, 3, 3]).Of(3), Is.EqualTo(0));
    }

    [Test]
    public void Write_ConditionalGenesThatDoNotMatter_HaveACodeOfTheirOwn()
    {
        SurrogateFeatures features = new(Problem.Space);
        byte[] smallest = new byte[features.Genes], largest = new byte[features.Genes];
        features.Write(Problem.Space.Smallest, new float[features.Count], smallest);
        features.Write(Problem.Space.Largest, new float[features.Count], largest);
        Assert.That(SurrogateKernel.Differing(smallest, largest), Is.EqualTo(1));
    }

    private static (FeatureRows Rows, double[] Targets) Observe(int count)
    {
        Random random = new(1);
        FeatureRows rows = new(new SurrogateFeatures(Problem.Space));
        List<double> targets = [];
        HashSet<Genotype> seen = [];
        while (seen.Count < count)
        {
            Genotype genotype = Problem.Space.Sample(random);
            if (seen.Add(genotype))
            {
                rows.Add(genotype);
                targets.Add(Problem.Costs(SyntheticProblem.Evaluate(Problem, genotype))[1]);
            }
        }

        double mean = targets.Average();
        return (rows, [.. targets.Select(target => target - mean)]);
    }

    private static double[] Read(PoolPosterior posterior, double[] targets)
    {
        float[] means = new float[200], variances = new float[200];
        posterior.Means(targets.AsSpan(0, 100), means);
        posterior.Variances(variances);
        return [.. means.Concat(variances).Select(value => (double)value)];
    }

    private static double Covariance(FeatureRows rows, SurrogateKernel kernel, int first, int second)
    {
        double distance = 0;
        for (int column = 0; column < rows.Columns; column++)
        {
            double difference = rows.Features(first)[column] - rows.Features(second)[column];
            distance += kernel.Weights[column] * difference * difference;
        }

        return kernel.Covariance(distance, SurrogateKernel.Differing(rows.Codes(first), rows.Codes(second)));
    }

    private static double[] Covariances(FeatureRows rows, SurrogateKernel kernel, int count) =>
        [.. Enumerable.Range(0, count * count).Select(at => at / count == at % count ? kernel.Variance : Covariance(rows, kernel, at / count, at % count))];

    // Gauss and Jordan, plainly.
    private static double[] Inverse(double[] matrix, int size)
    {
        double[] inverse = [.. Enumerable.Range(0, size * size).Select(at => at / size == at % size ? 1.0 : 0.0)];
        for (int pivot = 0; pivot < size; pivot++)
        {
            double scale = matrix[(pivot * size) + pivot];
            for (int column = 0; column < size; column++)
            {
                matrix[(pivot * size) + column] /= scale;
                inverse[(pivot * size) + column] /= scale;
            }

            for (int row = 0; row < size; row++)
            {
                double factor = row == pivot ? 0 : matrix[(row * size) + pivot];
                for (int column = 0; column < size; column++)
                {
                    matrix[(row * size) + column] -= factor * matrix[(pivot * size) + column];
                    inverse[(row * size) + column] -= factor * inverse[(pivot * size) + column];
                }
            }
        }

        return inverse;
    }
}
