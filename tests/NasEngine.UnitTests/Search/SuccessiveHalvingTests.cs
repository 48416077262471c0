using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Search;
using NasEngine.Search.SuccessiveHalving;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Search;

internal sealed class SuccessiveHalvingTests : SearchAlgorithmContract
{
    protected override ISearchAlgorithm Create(SearchProblem problem, long seed) => SearchAlgorithmRegistry.Default.Create("successive-halving", problem, seed);

    [Test]
    public void Budgets_OfTheDefaults_AreAFactorOfThreeApart() =>
        Assert.That(Budgeted(SyntheticProblem.Create(1), 1, new SuccessiveHalvingOptions()).Budgets, Is.EqualTo(new[] { 1, 3, 9, 27, 81 }));

    [Test]
    public void Budgets_MaximumNoPowerOfTheFactor_EndWithTheMaximum() => Assert.That(
        Budgeted(SyntheticProblem.Create(1), 1, new SuccessiveHalvingOptions { MinimumBudget = 4, MaximumBudget = 100 }).Budgets, Is.EqualTo(new[] { 11, 33, 100 }));

    [Test]
    public void AskBudgeted_ARungOfNine_TrainsItsBestThirdFurther()
    {
        SearchProblem problem = OneObjective();
        IBudgetedSearchAlgorithm algorithm = Budgeted(problem, 3, new SuccessiveHalvingOptions());
        BudgetedEvaluation[] rung = [.. algorithm.AskBudgeted(9).Select(proposal => Train(problem, proposal))];
        Assert.That(rung.Select(evaluation => evaluation.Budget), Has.All.EqualTo(1));
        algorithm.TellBudgeted(rung);
        BudgetedProposal[] next = [.. algorithm.AskBudgeted(4)];
        Assert.That(next.Select(proposal => proposal.Budget), Is.EqualTo(new[] { 3, 3, 3, 1 }));
        Assert.That(next.Take(3).Select(proposal => proposal.Genotype), Is.EqualTo(rung.OrderByDescending(evaluation => evaluation.Metrics["accuracy"]).Take(3).Select(evaluation => evaluation.Genotype)));
    }

    [Test]
    public void AskBudgeted_SeveralObjectives_PromotesTheFrontOfARung()
    {
        SearchProblem problem = SyntheticProblem.Create(4);
        IBudgetedSearchAlgorithm algorithm = Budgeted(problem, 3, new SuccessiveHalvingOptions());
        BudgetedEvaluation[] rung = [.. algorithm.AskBudgeted(30).Select(proposal => Train(problem, proposal))];
        algorithm.TellBudgeted(rung);
        Assessed[] assessed = [.. rung.Select(evaluation => new Assessed(evaluation.Genotype, problem.Costs(new Evaluation(evaluation.Genotype, evaluation.Metrics)), 0))];
        Genotype[] front = [.. ConstrainedRanking.Best(assessed).Select(index => assessed[index].Genotype)];
        Assert.That(algorithm.AskBudgeted(10).Select(proposal => proposal.Genotype), Is.SupersetOf(front.Take(10)));
    }

    [Test]
    public void Run_LearningCurves_FindsTheBestForAFractionOfTheTraining()
    {
        SearchProblem problem = OneObjective();
        List<BudgetedEvaluation> trainings = Run(problem, 7, budget: 81 * 20);
        double spent = trainings.Sum(training => training.Budget);
        double best = trainings.Where(training => training.Budget == 81).Max(training => training.Metrics["accuracy"]);
        double random = Create(problem, 7).Ask(20).Max(genotype => Train(problem, new BudgetedProposal(genotype, 81)).Metrics["accuracy"]);
        Assert.That(spent, Is.LessThan(81 * 21));
        Assert.That(best, Is.GreaterThan(random));
        Assert.That(trainings.Select(training => (training.Genotype, training.Budget)), Is.Unique);
    }

    [Test]
    public void TellBudgeted_StoredTrainings_GoesOnAsUninterrupted()
    {
        SearchProblem problem = SyntheticProblem.Create(3);
        IBudgetedSearchAlgorithm whole = Budgeted(problem, 5, new SuccessiveHalvingOptions()), resumed = Budgeted(problem, 5, new SuccessiveHalvingOptions());
        for (int portion = 0; portion < 12; portion++)
        {
            BudgetedEvaluation[] told = [.. whole.AskBudgeted(10).Select(proposal => Train(problem, proposal))];
            whole.TellBudgeted(told);
            resumed.TellBudgeted(told);
        }

        Assert.That(resumed.AskBudgeted(10), Is.EqualTo(whole.AskBudgeted(10)));
    }

    [Test]
    public void AskBudgeted_SmallSpace_TrainsEverythingThatIsPromotedAndEnds()
    {
        SearchProblem problem = SyntheticProblem.Create(1);
        List<BudgetedEvaluation> trainings = Run(problem, 1, int.MaxValue);
        Assert.That(trainings.Count(training => training.Budget == 1), Is.EqualTo((int)problem.Space.Size));
        Assert.That(trainings.Count(training => training.Budget == 3), Is.InRange((int)problem.Space.Size / 3, (int)problem.Space.Size / 2));
        Assert.That(trainings.Count(training => training.Budget == 81), Is.GreaterThan(5));
    }

    [Test]
    public void TellBudgeted_UnknownBudget_NamesThoseThatExist() => Assert.That(
        () => Budgeted(OneObjective(), 1, new SuccessiveHalvingOptions()).TellBudgeted([new BudgetedEvaluation(OneObjective().Space.Smallest, 2, new MetricSet(("accuracy", 1)))]),
        Throws.ArgumentException.With.Message.Contains("1, 3, 9, 27, 81, got 2"));

    private static SearchProblem OneObjective() => SyntheticProblem.Create(3) is SearchProblem both ? both with { Objectives = [both.Objectives[0]] } : null!;

    private static IBudgetedSearchAlgorithm Budgeted(SearchProblem problem, long seed, SuccessiveHalvingOptions options) =>
        (IBudgetedSearchAlgorithm)SearchAlgorithmRegistry.Default.Create("successive-halving", problem, seed, options);

    private static List<BudgetedEvaluation> Run(SearchProblem problem, long seed, double budget)
    {
        IBudgetedSearchAlgorithm algorithm = Budgeted(problem, seed, new SuccessiveHalvingOptions());
        List<BudgetedEvaluation> trainings = [];
        while (trainings.Sum(training => (double)training.Budget) < budget && algorithm.AskBudgeted(1) is [BudgetedProposal proposal])
        {
            trainings.Add(Train(problem, proposal));
            algorithm.TellBudgeted([trainings[^1]]);
        }

        return trainings;
    }

    // Curves rise towards the end value; larger networks rise later, so that early values are only nearly in the order of the last ones.
    private static BudgetedEvaluation Train(SearchProblem problem, BudgetedProposal proposal)
    {
        MetricSet last = SyntheticProblem.Evaluate(problem, proposal.Genotype).Metrics;
        double slowness = 0.2 + (last["latency@local"] / 40);
        double value = last["accuracy"] * (1 - (slowness / Math.Sqrt(proposal.Budget)));
        return new BudgetedEvaluation(proposal.Genotype, proposal.Budget, last.With(new MetricSet(("accuracy", value))));
    }
}
