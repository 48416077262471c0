using System.Text.Json;
using NasEngine.Core.Jobs;
using NasEngine.Jobs.Runs;
using NasEngine.Jobs.Steps;

namespace NasEngine.Jobs.Background.Handlers;

/// <summary>Searches a stretch of whole generations, and goes on with another.</summary>
internal sealed class SearchHandler : IJobHandler
{
    public string Kind => JobKinds.Search;

    public async Task<JobOutcome> ExecuteAsync(JobContext context, CancellationToken cancellationToken)
    {
        RunContextPool.Lease lease = await context.OpenRunAsync(cancellationToken).ConfigureAwait(false);
        await using (lease.ConfigureAwait(false))
        {
            RunContext run = lease.Context;
            (int evaluations, object? result) = await SearchStep.AdvanceAsync(run, context.Stretch, cancellationToken).ConfigureAwait(false);
            lease.Keep();
            if (result is null)
            {
                return new JobOutcome(new { evaluations }, [RunPlan.Search(run.Run.Id)]);
            }

            await RunSteps.PutAsync(run, "search", JsonSerializer.Serialize(result, JsonSerializerOptions.Web)).ConfigureAwait(false);
            return new JobOutcome(result, [RunPlan.Next(run.Run.Id)]);
        }
    }
}
