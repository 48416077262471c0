using System.Text.Json;
using NasEngine.Jobs.Runs;
using NasEngine.Jobs.Steps;

namespace NasEngine.Jobs.Background.Handlers;

/// <summary>Carries a whole step of a run out, and goes on with the run.</summary>
internal abstract class StepHandler : IJobHandler
{
    /// <inheritdoc/>
    public abstract string Kind { get; }

    /// <summary>Gets the step.</summary>
    protected abstract IRunStep Step { get; }

    /// <summary>Gets whether it reads the trained weights.</summary>
    protected virtual bool NeedsWeights => false;

    /// <inheritdoc/>
    public async Task<JobOutcome> ExecuteAsync(JobContext context, CancellationToken cancellationToken)
    {
        RunContextPool.Lease lease = await context.OpenRunAsync(cancellationToken).ConfigureAwait(false);
        await using (lease.ConfigureAwait(false))
        {
            RunContext run = lease.Context;
            if (NeedsWeights)
            {
                await SharedCheckpoint.FetchAsync(run, forTraining: false, cancellationToken).ConfigureAwait(false);
            }

            object result = await Step.RunAsync(run, cancellationToken).ConfigureAwait(false);
            await RunSteps.PublishFilesAsync(run, CancellationToken.None).ConfigureAwait(false);
            await RunSteps.PutAsync(run, Step.Name, JsonSerializer.Serialize(result, JsonSerializerOptions.Web)).ConfigureAwait(false);
            lease.Keep();
            return new JobOutcome(result, [RunPlan.Next(run.Run.Id)]);
        }
    }
}
