using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Jobs.Runs;
using NasEngine.Jobs.Steps;

namespace NasEngine.Jobs.Background.Handlers;

/// <summary>Puts together what was evaluated and measured of a run's candidates.</summary>
internal sealed class VerifyHandler : IJobHandler
{
    public string Kind => JobKinds.Verify;

    public async Task<JobOutcome> ExecuteAsync(JobContext context, CancellationToken cancellationToken)
    {
        RunContextPool.Lease lease = await context.OpenRunAsync(cancellationToken).ConfigureAwait(false);
        await using (lease.ConfigureAwait(false))
        {
            RunContext run = lease.Context;
            IReadOnlyList<Evaluation> candidates = await VerifyStep.CandidatesAsync(run, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<StoredEvaluation> front = await VerifyStep.CombineAsync(run, candidates, cancellationToken).ConfigureAwait(false);
            lease.Keep();
            return new JobOutcome(new { candidates = candidates.Count, front = front.Count }, [RunPlan.Next(run.Run.Id)]);
        }
    }
}
