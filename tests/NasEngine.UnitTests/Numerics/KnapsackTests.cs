using NasEngine.Numerics.Knapsack;

namespace NasEngine.UnitTests.Numerics;

internal sealed class KnapsackTests
{
    [Test]
    public void Solve_RandomParts_EqualsTryingEverything([Range(1, 40)] int seed)
    {
        Random random = new(seed);
        KnapsackPart[] parts = Draw(random, costCount: 1, isCoarse: seed % 2 == 0);
        double budget = Budget(parts, 0, random.NextDouble() * 0.7);
        Way? best = Everything(parts).Where(way => way.Costs[0] <= budget).OrderBy(way => way.Score).FirstOrDefault();
        KnapsackChoice? choice = MultipleChoiceKnapsack.Solve(parts, budget);
        Check(parts, choice, best, budget);
    }

    [Test]
    public void Solve_TwoCosts_EqualsTryingEverything([Range(1, 40)] int seed)
    {
        Random random = new(seed);
        KnapsackPart[] parts = Draw(random, costCount: 2, isCoarse: seed % 2 == 0);
        double[] budgets = [Budget(parts, 0, random.NextDouble() * 0.8), Budget(parts, 1, random.NextDouble() * 0.8)];
        Way? best = Everything(parts).Where(way => way.Costs[0] <= budgets[0] && way.Costs[1] <= budgets[1]).OrderBy(way => way.Score).FirstOrDefault();
        KnapsackChoice? choice = MultipleChoiceKnapsack.Solve(parts, budgets);
        Check(parts, choice, best, budgets);
    }

    [Test]
    public void TradeOff_RandomParts_IsTheFrontOfEverything([Range(1, 20)] int seed)
    {
        KnapsackPart[] parts = Draw(new Random(seed), costCount: 1, isCoarse: seed % 2 == 0);
        List<(double, double)> front = [];
        foreach (Way way in Everything(parts).OrderBy(way => way.Costs[0]).ThenBy(way => way.Score))
        {
            if (front.Count == 0 || way.Score < front[^1].Item2 - 1e-9)
            {
                front.Add((way.Costs[0], way.Score));
            }
        }

        IReadOnlyList<KnapsackChoice> choices = MultipleChoiceKnapsack.TradeOff(parts, double.PositiveInfinity);
        double[] budgets = [.. front.Select(step => step.Item1)];
        Assert.That(budgets.Select(budget => choices.Last(choice => choice.Costs[0] <= budget + 1e-9).Score), Is.EqualTo(front.Select(step => step.Item2)).Within(1e-9));
        Assert.That(choices.Select(choice => choice.Costs[0]), Is.Ordered);
        Assert.That(choices.Select(choice => choice.Score), Is.Ordered.Descending);
    }

    [Test]
    public void TradeOff_TwoCosts_AnswersEveryPairOfBudgets([Range(1, 10)] int seed)
    {
        Random random = new(seed);
        KnapsackPart[] parts = Draw(random, costCount: 2, isCoarse: seed % 2 == 0);
        IReadOnlyList<KnapsackChoice> choices = MultipleChoiceKnapsack.TradeOff(parts, double.PositiveInfinity, double.PositiveInfinity);
        for (int repeat = 0; repeat < 20; repeat++)
        {
            double[] budgets = [Budget(parts, 0, random.NextDouble()), Budget(parts, 1, random.NextDouble())];
            double? read = choices.Where(choice => choice.Costs[0] <= budgets[0] && choice.Costs[1] <= budgets[1]).Min(choice => (double?)choice.Score);
            Assert.That(read, Is.EqualTo(MultipleChoiceKnapsack.Solve(parts, budgets)?.Score).Within(1e-9));
        }
    }

    [Test]
    public void Solve_ManyPartsAndItems_EqualsTheTradeOff()
    {
        Random random = new(11);
        KnapsackPart[] parts = [.. Enumerable.Range(0, 20).Select(_ => new KnapsackPart([.. Enumerable.Range(0, 60).Select(_ => (double)random.Next(1000))], [.. Enumerable.Range(0, 60).Select(_ => (double)random.Next(1000))]))];
        IReadOnlyList<KnapsackChoice> choices = MultipleChoiceKnapsack.TradeOff(parts, double.PositiveInfinity);
        foreach (double budget in new[] { 500.0, 1234, 3000, 20000 })
        {
            Assert.That(MultipleChoiceKnapsack.Solve(parts, budget)?.Score, Is.EqualTo(choices.LastOrDefault(choice => choice.Costs[0] <= budget)?.Score));
        }
    }

    [Test]
    public void Solve_BudgetOfExactlyTheSum_IsMetWhateverTheRounding()
    {
        KnapsackPart[] parts = [.. Enumerable.Range(0, 10).Select(_ => new KnapsackPart([1, 0], [0, 0.1]))];
        Assert.That(MultipleChoiceKnapsack.Solve(parts, 1.0)?.Score, Is.Zero);
        Assert.That(MultipleChoiceKnapsack.Solve(parts, 0.9)?.Score, Is.EqualTo(1));
        Assert.That(MultipleChoiceKnapsack.Solve(parts, 0.8999)?.Score, Is.EqualTo(2));
    }

    [Test]
    public void Solve_BudgetBelowTheCheapest_IsNull()
    {
        KnapsackPart[] parts = [new([1, 0], [3, 4]), new([1, 2], [5, 6])];
        Assert.That(MultipleChoiceKnapsack.Solve(parts, 7.9), Is.Null);
        Assert.That(MultipleChoiceKnapsack.LeastCosts(parts), Is.EqualTo(new[] { 8.0 }));
        Assert.That(MultipleChoiceKnapsack.Solve(parts, 8)?.Items, Is.EqualTo(new[] { 0, 0 }));
    }

    [Test]
    public void Solve_WrongNumberOfBudgets_Throws() =>
        Assert.That(() => MultipleChoiceKnapsack.Solve([new KnapsackPart([1], [1])], 1, 2), Throws.ArgumentException.With.Message.Contains("2 costs"));

    [Test]
    public void Create_NoItemOrNaN_Throws()
    {
        Assert.That(() => new KnapsackPart([], []), Throws.ArgumentException);
        Assert.That(() => new KnapsackPart([double.NaN], [1]), Throws.ArgumentException);
        Assert.That(() => new KnapsackPart([1], [1], 2), Throws.ArgumentException);
    }

    private static void Check(KnapsackPart[] parts, KnapsackChoice? choice, Way? best, params double[] budgets)
    {
        Assert.That(choice?.Score, Is.EqualTo(best?.Score).Within(1e-9));
        if (choice is not null)
        {
            Assert.That(choice.Costs.Zip(budgets, (cost, budget) => cost - budget), Has.All.LessThan(1e-9));
            Assert.That(choice.Score, Is.EqualTo(choice.Items.Select((item, part) => parts[part].Scores[item]).Sum()).Within(1e-12));
        }
    }

    // Coarse numbers make ties; some costs are negative.
    private static KnapsackPart[] Draw(Random random, int costCount, bool isCoarse)
    {
        double Value() => isCoarse ? random.Next(-2, 8) : (random.NextDouble() * 10) - 1;
        return [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(1, 7)).Select(items => new KnapsackPart(
            [.. Enumerable.Range(0, items).Select(_ => Value())], [.. Enumerable.Range(0, items * costCount).Select(_ => Value())], costCount))];
    }

    private static double Budget(KnapsackPart[] parts, int cost, double share)
    {
        double[] costs = [.. Everything(parts).Select(way => way.Costs[cost])];
        return costs.Min() + ((costs.Max() - costs.Min()) * share) - 0.01;
    }

    private static IEnumerable<Way> Everything(KnapsackPart[] parts) => parts.Aggregate(
        (IEnumerable<Way>)[new Way(0, new double[parts[0].CostCount])],
        (ways, part) => ways.SelectMany(way => Enumerable.Range(0, part.Count).Select(item => new Way(
            way.Score + part.Scores[item], [.. way.Costs.Select((cost, index) => cost + part.Costs[(item * part.CostCount) + index])]))));

    private sealed record Way(double Score, double[] Costs);
}
