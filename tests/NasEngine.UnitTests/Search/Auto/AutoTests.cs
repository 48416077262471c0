using NasEngine.Core.Search;
using NasEngine.Search;
using NasEngine.Search.Auto;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Search.Auto;

[Parallelizable]
internal sealed class AutoTests : SearchAlgorithmContract
{
    private static readonly AutoOptions Early = new() { BatchSize = 50, BayesianUntil = 150, PredictorsUntil = 250 };

    protected override ISearchAlgorithm Create(SearchProblem problem, long seed) => SearchAlgorithmRegistry.Default.Create("auto", problem, seed, Early);

    [Test]
    public void Choices_AsEvaluationsComeIn_MoveOnAndSayWhy()
    {
        SearchProblem problem = SyntheticProblem.Create(4);
        ISearchAlgorithm algorithm = Create(problem, 1);
        SearchRuns.Run(algorithm, problem, 50, 300);
        IReadOnlyList<SearchChoice> choices = ((IExplainsChoices)algorithm).Choices;
        Assert.That(choices.Select(choice => (choice.Evaluations, choice.Algorithm)), Is.EqualTo(new[] { (0, "bo"), (150, "linas"), (250, "nsga-ii") }));
        Assert.That(choices.Select(choice => choice.Reason), Has.All.EndsWith("."));
    }

    [Test]
    public void Choices_OfASearchThatGoesOn_AreThoseOfTheUninterrupted()
    {
        SearchProblem problem = SyntheticProblem.Create(4);
        ISearchAlgorithm first = Create(problem, 1), resumed = Create(problem, 1);
        resumed.Tell(SearchRuns.Run(first, problem, 50, 300));
        Assert.That(((IExplainsChoices)resumed).Choices, Is.EqualTo(((IExplainsChoices)first).Choices));
    }

    [Test]
    public void Search_TwoHundredEvaluations_BeatsFourTimesAsManyRandomDraws()
    {
        SearchProblem problem = SyntheticProblem.Create(4);
        Assert.That(SearchRuns.Hypervolume(problem, "auto", 1, 200), Is.GreaterThan(SearchRuns.Hypervolume(problem, "random", 1, 800)));
    }

    [Test]
    public void Create_OptionsOutOfRange_Throws() => Assert.That(
        () => SearchAlgorithmRegistry.Default.Create("auto", SyntheticProblem.Create(1), 1, Early with { BatchSize = 0 }), Throws.ArgumentException);
}
