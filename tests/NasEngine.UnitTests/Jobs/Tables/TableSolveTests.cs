using System.Globalization;
using System.Text;
using NasEngine.Core.Errors;
using NasEngine.Jobs.Tables;
using NasEngine.Testing;

namespace NasEngine.UnitTests.Jobs.Tables;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TableSolveTests : IDisposable
{
    private const int Parts = 5;
    private const int Choices = 4;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Run_RandomParts_FindsWhatAllCombinationsHaveBest([Values(1, 2, 3)] int seed, [Values] bool maximizes)
    {
        (double Loss, double Time, double Size)[][] parts = Draw(seed);
        string limit = string.Create(CultureInfo.InvariantCulture, $"time<={2.2 * Parts}");
        TableSolution found = TableSolve.Run(Request(parts, [limit, "size>=10"]) with { Maximizes = maximizes }, CancellationToken.None).Solutions.Single();
        double[] feasible = [.. Combinations().Select(combination => Sum(parts, combination)).Where(sum => sum.Time <= 2.2 * Parts && sum.Size >= 10).Select(sum => sum.Loss)];
        Assert.That(found.Score, Is.EqualTo(maximizes ? feasible.Max() : feasible.Min()).Within(1e-12));
        (double loss, double time, double size) = Sum(parts, [.. found.Choices.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => int.Parse(pair.Value[1..], CultureInfo.InvariantCulture))]);
        Assert.That((loss, time, size), Is.EqualTo((found.Score, found.Sums["time"], found.Sums["size"])).Within(1e-12));
    }

    [Test]
    public void Run_Sweep_GoesFromTheLeastToTheLimitAndNeverGetsWorse()
    {
        (double Loss, double Time, double Size)[][] parts = Draw(4);
        IReadOnlyList<TableSolution> solutions = TableSolve.Run(Request(parts, ["time<=100"]) with { Sweep = 9 }, CancellationToken.None).Solutions;
        Assert.That(solutions, Has.Count.EqualTo(9));
        Assert.That(solutions[0].Sums["time"], Is.EqualTo(parts.Sum(part => part.Min(row => row.Time))).Within(1e-12));
        Assert.That(solutions.Select(solution => solution.Score), Is.Ordered.Descending);
        Assert.That(solutions[^1].Score, Is.EqualTo(parts.Sum(part => part.Min(row => row.Loss))).Within(1e-12));
        Assert.That(solutions, Has.All.Matches((TableSolution? solution) => solution!.Sums["time"] <= solution.Limits["time"] + 1e-9));
    }

    [Test]
    public void Run_LimitThatNothingKeeps_SaysWhatTheCheapestReach()
    {
        (double Loss, double Time, double Size)[][] parts = Draw(5);
        string least = parts.Sum(part => part.Min(row => row.Time)).ToString("g6", CultureInfo.InvariantCulture);
        Assert.That(() => TableSolve.Run(Request(parts, ["time<=0.01"]), CancellationToken.None), Throws.InstanceOf<InfeasibleConstraintException>().With.Message.Contains($"time {least}"));
    }

    [TestCase("part,choice,loss,time\na,x,1,2\na,x,3,4\n", "line 3: part 'a' has a choice 'x' already")]
    [TestCase("part,choice,loss,time\na,x,1,\n", "line 2: part, choice, loss, time must not be blank")]
    [TestCase("part,choice,loss,time\n", "at least one row")]
    public void Run_TableHasFaults_NamesTheLine(string csv, string message) => Assert.That(
        () => TableSolve.Run(new TableSolveRequest(Write(csv), "part", "choice", "loss", Maximizes: false, ["time<=5"], 1), CancellationToken.None),
        Throws.InstanceOf<NasException>().With.Message.Contains(message));

    [TestCase("time<=5", "time<=6")]
    [TestCase]
    [TestCase("time<=5", "size<=6", "loss<=7")]
    public void Run_LimitsNoneOrAlikeOrTooMany_Refuses(params string[] limits) => Assert.That(
        () => TableSolve.Run(Request(Draw(1), limits), CancellationToken.None), Throws.InstanceOf<UsageException>().With.Message.Contains("One or two limits over different columns"));

    private static (double Loss, double Time, double Size)[][] Draw(int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, Parts).Select(_ => Enumerable.Range(0, Choices).Select(_ => (random.NextDouble(), 1 + (4 * random.NextDouble()), 1 + (4 * random.NextDouble()))).ToArray())];
    }

    private static IEnumerable<int[]> Combinations() => Enumerable.Range(0, (int)Math.Pow(Choices, Parts))
        .Select(number => Enumerable.Range(0, Parts).Select(part => number / (int)Math.Pow(Choices, part) % Choices).ToArray());

    private static (double Loss, double Time, double Size) Sum((double Loss, double Time, double Size)[][] parts, int[] choices) => (
        parts.Select((part, index) => part[choices[index]].Loss).Sum(),
        parts.Select((part, index) => part[choices[index]].Time).Sum(),
        parts.Select((part, index) => part[choices[index]].Size).Sum());

    private TableSolveRequest Request((double Loss, double Time, double Size)[][] parts, IReadOnlyList<string> limits)
    {
        StringBuilder csv = new("part,choice,loss,time,size\n");
        for (int part = 0; part < parts.Length; part++)
        {
            for (int choice = 0; choice < parts[part].Length; choice++)
            {
                (double loss, double time, double size) = parts[part][choice];
                csv.Append(CultureInfo.InvariantCulture, $"p{part},c{choice},{loss:r},{time:r},{size:r}\n");
            }
        }

        return new TableSolveRequest(Write(csv.ToString()), "part", "choice", "loss", Maximizes: false, limits, 1);
    }

    private string Write(string csv)
    {
        string file = _folder.PathOf("parts.csv");
        File.WriteAllText(file, csv);
        return file;
    }
}
