using NasEngine.Core.Jobs;

namespace NasEngine.Benchmarks.Web;

/// <summary>Jobs of many runs that were taken and ended, one in sixteen by failing.</summary>
internal static class FinishedJobs
{
    private const int Batch = 500;
    private static readonly string[] Kinds = ["evaluate", "train", "search", "measure"];

    /// <summary>Puts them into a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="count">How many; a multiple of 500.</param>
    public static async Task AddAsync(IJobStore store, int count)
    {
        for (int batch = 0; batch < count / Batch; batch++)
        {
            IReadOnlyList<JobRecord> added = await store.AddAsync(
                [.. Enumerable.Range(0, Batch).Select(index => new JobRequest { Kind = Kinds[index % 4], Title = $"job {index}", Queue = Kinds[index % 4], RunId = $"run-{batch}" })], CancellationToken.None).ConfigureAwait(false);
            foreach (JobRecord job in added)
            {
                JobRecord taken = (await store.TryStartAsync(job.Id, "worker", CancellationToken.None).ConfigureAwait(false))!;
                await store.FinishAsync(taken, job.Id[^1] == '0' ? JobState.Failed : JobState.Succeeded, "{}", null, [], CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
