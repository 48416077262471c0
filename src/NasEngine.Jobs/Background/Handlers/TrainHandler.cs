using System.Text.Json;
using NasEngine.Core.Jobs;
using NasEngine.Jobs.Runs;
using NasEngine.Jobs.Steps;

namespace NasEngine.Jobs.Background.Handlers;

/// <summary>Trains a supernet up to a checkpoint, and goes on with another stretch.</summary>
internal sealed class TrainHandler : IJobHandler
{
    private static readonly TimeSpan WhileBusy = TimeSpan.FromSeconds(10);

    public string Kind => JobKinds.Train;

    public async Task<JobOutcome> ExecuteAsync(JobContext context, CancellationToken cancellationToken)
    {
        RunContextPool.Lease lease = await context.OpenRunAsync(cancellationToken).ConfigureAwait(false);
        await using (lease.ConfigureAwait(false))
        {
            RunContext run = lease.Context;
            await SharedCheckpoint.FetchAsync(run, forTraining: true, cancellationToken).ConfigureAwait(false);
            TrainResult result;
            try
            {
                result = await TrainStep.AdvanceAsync(run, context.Stretch, cancellationToken).ConfigureAwait(false);
            }
            catch (BusyException problem)
            {
                // Another run trains the same supernet, on this worker or on one that shares its folder.
                throw new PostponedException(problem.Message, WhileBusy, problem);
            }

            await SharedCheckpoint.PublishAsync(run, result.Step, CancellationToken.None).ConfigureAwait(false);
            lease.Keep();
            if (!result.IsDone)
            {
                return new JobOutcome(new { step = result.Step, steps = result.Steps }, [RunPlan.Train(run.Run.Id, run.Experiment.Train.Device)]);
            }

            await RunSteps.PutAsync(run, "train", JsonSerializer.Serialize(result, JsonSerializerOptions.Web)).ConfigureAwait(false);
            return new JobOutcome(new { step = result.Step, steps = result.Steps }, [RunPlan.Next(run.Run.Id)]);
        }
    }
}
