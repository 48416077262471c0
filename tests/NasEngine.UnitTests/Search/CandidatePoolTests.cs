using NasEngine.Core.Spaces;
using NasEngine.Search.Additive;
using NasEngine.Search.Candidates;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Search;

internal sealed class CandidatePoolTests
{
    private static readonly SearchSpace Space = SyntheticProblem.Create(2).Space;

    [Test]
    public void DrawAndMutate_Candidates_AreCanonicalDifferentAndSummedAsPlain()
    {
        (AdditiveTable costs, AdditiveTable scores) = (Table(1), Table(2));
        CandidatePool pool = new(costs, 5, scores, 5000, 3);
        Assert.That(pool.Draw(2000), Is.EqualTo(2000));
        Assert.That(pool.Mutate(0, 2000, 0.2), Is.EqualTo(2000));

        HashSet<Genotype> plain = [];
        for (int candidate = 0; candidate < pool.Count; candidate++)
        {
            Genotype genotype = pool.Genotype(candidate);
            Assert.That(Space.Canonical(pool.Choices(candidate)), Is.EqualTo(genotype));
            Assert.That(plain.Add(genotype));
            Assert.That((pool.Cost(candidate), pool.Score(candidate)), Is.EqualTo((Sum(genotype, 1), Sum(genotype, 2))));
            Assert.That((costs.Sum(genotype), scores.Sum(genotype)), Is.EqualTo((pool.Cost(candidate), pool.Score(candidate))));
        }

        Assert.That(pool.Within.ToArray(), Is.EqualTo(Enumerable.Range(0, pool.Count).Where(candidate => pool.Cost(candidate) <= 5)));
        Assert.That(pool.Within.Length, Is.GreaterThan(100).And.LessThan(pool.Count));
    }

    [Test]
    public void Draw_TinySpace_FindsEveryArchitectureOnce()
    {
        SearchSpace space = SyntheticProblem.Create(1).Space;
        double[][] nothing = [.. space.Genes.Select(gene => new double[gene.Choices.Length])];
        CandidatePool pool = new(new AdditiveTable(space, nothing), 0, new AdditiveTable(space, nothing), 2000, 1);
        pool.Draw(200_000);
        Assert.That(pool.Count, Is.EqualTo((int)space.Size));
        Assert.That(pool.TryAdd(space.Largest), Is.False);
    }

    [Test]
    public void BestAndRanks_WithinTheLimit_EqualPlain()
    {
        CandidatePool pool = new(Table(1), 5, Table(2), 400, 7);
        pool.Draw(400);
        int[] within = pool.Within.ToArray();
        Assert.That(pool.Best(10), Is.EqualTo(within.OrderBy(candidate => pool.Score(candidate)).Take(10)));
        int[] ranks = pool.Ranks();
        for (int place = 0; place < within.Length; place++)
        {
            bool isDominated = within.Any(other => pool.Cost(other) <= pool.Cost(within[place]) && pool.Score(other) <= pool.Score(within[place])
                && (pool.Cost(other) < pool.Cost(within[place]) || pool.Score(other) < pool.Score(within[place])));
            Assert.That(ranks[place] == 0, Is.EqualTo(!isDominated));
        }
    }

    [Test]
    public void Mutate_InactiveGenesOfTheParent_AreDrawnOnceTheyWake()
    {
        CandidatePool pool = new(Table(1), double.MaxValue, Table(2), 5000, 5);
        pool.TryAdd(Space.Smallest);
        pool.Mutate(0, 3000, 0.3);
        int kernel = Enumerable.Range(0, Space.Genes.Length).First(gene => Space.Genes[gene].ActiveWhen is { Minimum: 3 });
        Assert.That(Enumerable.Range(0, pool.Count).Select(candidate => pool.Choices(candidate)[kernel]).Distinct(), Is.EquivalentTo(new byte[] { 0, 1, 2 }));
    }

    [Test]
    public void Draw_PoolFull_EndsEarly()
    {
        CandidatePool pool = new(Table(1), 5, Table(2), 10, 1);
        Assert.That(pool.Draw(1000), Is.LessThan(1000));
        Assert.That((pool.Count, pool.Draw(5), pool.TryAdd(Space.Largest)), Is.EqualTo((10, 0, false)));
    }

    [Test]
    public void Draw_SameSeed_GivesTheSameCandidates()
    {
        CandidatePool[] pools = [.. Enumerable.Range(0, 2).Select(_ => new CandidatePool(Table(1), 5, Table(2), 100, 11))];
        foreach (CandidatePool pool in pools)
        {
            pool.Draw(50);
            pool.Mutate(3, 50, 0.1);
        }

        Assert.That(Enumerable.Range(0, pools[0].Count).Select(pools[0].Genotype), Is.EqualTo(Enumerable.Range(0, pools[1].Count).Select(pools[1].Genotype)));
    }

    [Test]
    public void Table_MissingOrInfinitePart_Throws()
    {
        double[][] parts = [.. Space.Genes.Select(gene => new double[gene.Choices.Length])];
        Assert.That(() => new AdditiveTable(Space, parts[1..]), Throws.ArgumentException);
        parts[2] = [1];
        Assert.That(() => new AdditiveTable(Space, parts), Throws.ArgumentException.With.Message.Contains(Space.Genes[2].Dimension));
    }

    private static double Part(int table, int gene, int choice) => ((gene * 7) + (choice * 3) + table) % 11 / 10.0;

    private static double Sum(Genotype genotype, int table) => Enumerable.Range(0, Space.Genes.Length)
        .Aggregate(0.0, (sum, gene) => sum + (Space.IsActive(genotype, gene) ? Part(table, gene, genotype.Choices[gene]) : 0));

    private static AdditiveTable Table(int table) =>
        new(Space, [.. Space.Genes.Select((gene, place) => Enumerable.Range(0, gene.Choices.Length).Select(choice => Part(table, place, choice)).ToArray())]);
}
