using NasEngine.Core.Randomness;

namespace NasEngine.UnitTests.Core;

internal sealed class RandomnessTests
{
    // The first outputs of the reference implementation (Vigna, splitmix64.c) from state 1234567.
    private static readonly ulong[] Published = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];

    [Test]
    public void NextBytes_FromThePublishedState_GivesThePublishedValues()
    {
        byte[] bytes = new byte[40];
        new SeedTree(1234567).CreateRandom().NextBytes(bytes);
        Assert.That(Enumerable.Range(0, 5).Select(index => BitConverter.ToUInt64(bytes, 8 * index)), Is.EqualTo(Published));
    }

    [TestCase(2)]
    [TestCase(3)]
    [TestCase(7)]
    [TestCase(100)]
    public void Next_BelowABound_IsUniform(int bound)
    {
        const int Draws = 100_000;
        Random random = new SeedTree(5).CreateRandom();
        int[] counts = new int[bound];
        for (int draw = 0; draw < Draws; draw++)
        {
            counts[random.Next(bound)]++;
        }

        double expected = (double)Draws / bound, chiSquared = counts.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.That(chiSquared, Is.LessThan(bound - 1 + (5 * Math.Sqrt(2.0 * bound))));
    }

    [Test]
    public void Next_FromNegativeToPositive_ReachesBothEndsAndNoMore()
    {
        Random random = new SeedTree(6).CreateRandom();
        int[] drawn = [.. Enumerable.Range(0, 1000).Select(_ => random.Next(-2, 3)).Distinct().Order()];
        Assert.That(drawn, Is.EqualTo(new[] { -2, -1, 0, 1, 2 }));
        Assert.That(random.Next(int.MinValue, int.MaxValue), Is.LessThan(int.MaxValue));
        Assert.That(random.Next(4, 4), Is.EqualTo(4));
        Assert.That(() => random.Next(4, 3), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => random.Next(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void NextDouble_ManyDraws_HasMeanAndVarianceOfAUniformVariable()
    {
        Random random = new SeedTree(7).CreateRandom();
        double[] draws = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextDouble())];
        Assert.That(draws, Has.All.InRange(0, 0.9999999999999999));
        Assert.That(draws.Average(), Is.EqualTo(0.5).Within(0.005));
        Assert.That(draws.Average(draw => (draw - 0.5) * (draw - 0.5)), Is.EqualTo(1.0 / 12).Within(0.002));
    }

    [Test]
    public void Child_SameName_GivesTheSameSeedInEveryProcess()
    {
        Assert.That(new SeedTree(42).Child("train").Seed, Is.EqualTo(new SeedTree(42).Child("train").Seed));
        Assert.That(new SeedTree(42).Child(7).Seed, Is.EqualTo(new SeedTree(42).Child("7").Seed));

        // Pinned: SHA-256 over the little-endian seed and the name. A change would make stored runs unrepeatable.
        byte[] input = [42, 0, 0, 0, 0, 0, 0, 0, .. "train"u8];
        Assert.That(new SeedTree(42).Child("train").Seed, Is.EqualTo(BitConverter.ToInt64(System.Security.Cryptography.SHA256.HashData(input))));
    }

    [Test]
    public void Child_OtherNamesOrParents_GiveSeedsThatDoNotRepeat()
    {
        SeedTree root = new(0);
        IEnumerable<long> seeds = Enumerable.Range(0, 1000).Select(index => root.Child(index).Seed)
            .Concat(Enumerable.Range(0, 1000).Select(index => new SeedTree(index + 1).Child("a").Seed));
        Assert.That(seeds, Is.Unique);
    }

    [Test]
    public void Child_NeighbouringNames_GiveIndependentStreams()
    {
        (Random first, Random second) = (new SeedTree(1).Child("a").CreateRandom(), new SeedTree(1).Child("b").CreateRandom());
        double[] products = [.. Enumerable.Range(0, 20_000).Select(_ => (first.NextDouble() - 0.5) * (second.NextDouble() - 0.5) * 12)];
        Assert.That(products.Average(), Is.EqualTo(0).Within(0.035));
    }
}
