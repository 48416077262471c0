using NasEngine.Core.Jobs;
using NasEngine.Jobs.Background;

namespace NasEngine.UnitTests.Jobs.Background;

internal sealed class RunPlanTests
{
    private static readonly string[] Genotypes = [.. Enumerable.Range(0, 20).Select(number => $"g{number}")];

    [Test]
    public void Evaluate_PartOfABatchMissing_MakesTheWholeBatchUnderTheSameKey()
    {
        List<JobRequest> all = RunPlan.Evaluate("r", "sample", Genotypes, new HashSet<string>(), DateTimeOffset.UnixEpoch);
        List<JobRequest> some = RunPlan.Evaluate("r", "sample", Genotypes, Genotypes.Where(genotype => genotype is not "g9").ToHashSet(), DateTimeOffset.UnixEpoch);
        Assert.That(all.Select(job => job.Key).Distinct().Count(), Is.EqualTo(3));
        Assert.That(some.Select(job => (job.Key, job.Payload)), Is.EqualTo((ValueTuple<string, string>[])[(all[1].Key!, all[1].Payload)]));
        Assert.That(RunPlan.Evaluate("r", "sample", Genotypes, Genotypes.ToHashSet(), DateTimeOffset.UnixEpoch), Is.Empty);
    }

    [Test]
    public void Measure_OneMachineUnderManySettings_WaitsInOneQueue()
    {
        string Queue(string form) => RunPlan.Measure("r", "d", form, "sample", Genotypes, new HashSet<string>(), DateTimeOffset.UnixEpoch)[0].Queue;
        Assert.That((Queue("local"), Queue("local:threads=2"), Queue("agent:pi")), Is.EqualTo(("device:local", "device:local", "device:agent:pi")));
        string file = "replay:/" + new string('x', 200);
        Assert.That(Queue(file), Has.Length.LessThan(64).And.StartsWith("device:replay:").And.Not.EqualTo(Queue(file + "y")));
    }
}
