using NasEngine.Core.Search;
using NasEngine.Search;
using NasEngine.Search.NsgaII;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Search;

internal sealed class SearchLoopTests
{
    private static readonly SearchProblem Problem = SyntheticProblem.Create(4);

    [Test]
    public async Task RunAsync_BudgetNoMultipleOfGeneration_SpendsItExactly()
    {
        List<IReadOnlyList<Evaluation>> generations = await Collect(Algorithm(), new SyntheticEvaluator(Problem), 250, 0);
        Assert.That(generations.Select(generation => generation.Count), Is.EqualTo(new[] { 100, 100, 50 }));
    }

    [Test]
    public async Task RunAsync_SpaceSmallerThanBudget_EndsWithTheSpace()
    {
        SearchProblem tiny = SyntheticProblem.Create(1);
        ISearchAlgorithm algorithm = SearchAlgorithmRegistry.Default.Create("random", tiny, 1);
        List<IReadOnlyList<Evaluation>> generations = await Collect(algorithm, new SyntheticEvaluator(tiny), 5000, 0);
        Assert.That(generations.Sum(generation => generation.Count), Is.EqualTo((int)tiny.Space.Size));
    }

    [Test]
    public void RunAsync_EvaluatorFailsMidway_HandsOutWhatItFoundFirst()
    {
        List<Evaluation> stored = [];
        Assert.That(
            async () =>
            {
                await foreach (IReadOnlyList<Evaluation> generation in SearchLoop.RunAsync(Algorithm(), new SyntheticEvaluator(Problem, failsAfter: 130), 100, 500, CancellationToken.None))
                {
                    stored.AddRange(generation);
                }
            },
            Throws.InstanceOf<IOException>());
        Assert.That(stored, Has.Count.EqualTo(130));
    }

    [TestCase(130)]
    [TestCase(300)]
    [TestCase(499)]
    public async Task RunAsync_Resumed_MakesTheSameEvaluations(int stoppedAt)
    {
        Evaluation[] whole = [.. (await Collect(Algorithm(), new SyntheticEvaluator(Problem), 500, 0)).SelectMany(generation => generation)];
        ISearchAlgorithm resumed = Algorithm();
        resumed.Tell(whole[..stoppedAt]);
        List<IReadOnlyList<Evaluation>> rest = await Collect(resumed, new SyntheticEvaluator(Problem), 500, stoppedAt);
        Assert.That(rest.SelectMany(generation => generation), Is.EqualTo(whole[stoppedAt..]));
    }

    [Test]
    public void RunAsync_Cancelled_Throws()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.That(
            async () => await SearchLoop.RunAsync(Algorithm(), new SyntheticEvaluator(Problem), 100, 500, source.Token).GetAsyncEnumerator().MoveNextAsync(),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private static ISearchAlgorithm Algorithm() => SearchAlgorithmRegistry.Default.Create("nsga-ii", Problem, 5, new NsgaIIOptions());

    private static async Task<List<IReadOnlyList<Evaluation>>> Collect(ISearchAlgorithm algorithm, ICandidateEvaluator evaluator, int budget, int alreadySpent)
    {
        List<IReadOnlyList<Evaluation>> generations = [];
        await foreach (IReadOnlyList<Evaluation> generation in SearchLoop.RunAsync(algorithm, evaluator, 100, budget, alreadySpent, CancellationToken.None))
        {
            generations.Add(generation);
        }

        return generations;
    }
}
