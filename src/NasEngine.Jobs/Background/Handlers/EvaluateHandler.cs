using NasEngine.Core.Spaces;
using NasEngine.Jobs.Runs;
using NasEngine.Jobs.Steps;

namespace NasEngine.Jobs.Background.Handlers;

/// <summary>Evaluates a batch of subnets with inherited weights.</summary>
internal sealed class EvaluateHandler : IJobHandler
{
    public string Kind => JobKinds.Evaluate;

    public async Task<JobOutcome> ExecuteAsync(JobContext context, CancellationToken cancellationToken)
    {
        EvaluatePayload payload = context.Payload<EvaluatePayload>();
        RunContextPool.Lease lease = await context.OpenRunAsync(cancellationToken).ConfigureAwait(false);
        await using (lease.ConfigureAwait(false))
        {
            RunContext run = lease.Context;
            await SharedCheckpoint.FetchAsync(run, forTraining: false, cancellationToken).ConfigureAwait(false);
            Genotype[] genotypes = [.. payload.Genotypes.Select(run.Space.Parse)];
            await SampleStep.EvaluateAsync(run, payload.Stage, $"evaluate {payload.Stage}", genotypes, cancellationToken).ConfigureAwait(false);
            JobTelemetry.Evaluations.Add(genotypes.Length, new KeyValuePair<string, object?>("stage", payload.Stage));
            lease.Keep();
            return new JobOutcome(new { stage = payload.Stage, architectures = genotypes.Length });
        }
    }
}
