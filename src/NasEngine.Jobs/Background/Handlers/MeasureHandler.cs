using System.Text.Json;
using NasEngine.Core.Devices;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Runs;
using NasEngine.Jobs.Steps;

namespace NasEngine.Jobs.Background.Handlers;

/// <summary>Measures a batch of networks on a device. What was measured is stored at once, so that nothing is measured twice.</summary>
internal sealed class MeasureHandler : IJobHandler
{
    private const string Remote = "agent:";

    private static readonly TimeSpan WhileAway = TimeSpan.FromSeconds(30);

    public string Kind => JobKinds.Measure;

    public async Task<JobOutcome> ExecuteAsync(JobContext context, CancellationToken cancellationToken)
    {
        MeasurePayload payload = context.Payload<MeasurePayload>();
        RunContextPool.Lease lease = await context.OpenRunAsync(cancellationToken).ConfigureAwait(false);
        await using (lease.ConfigureAwait(false))
        {
            RunContext run = lease.Context;
            try
            {
                Genotype[] genotypes = [.. payload.Genotypes.Select(run.Space.Parse)];
                await ProfileStep.MeasureAsync(run, payload.Device, $"measure on {payload.Device}", genotypes, cancellationToken).ConfigureAwait(false);
                await DescribeAsync(run, payload.Device, cancellationToken).ConfigureAwait(false);
                JobTelemetry.Evaluations.Add(genotypes.Length, new KeyValuePair<string, object?>("stage", "measure"));
            }
            catch (DeviceUnreachableException problem) when (run.Experiment.Profile.Devices.GetValueOrDefault(payload.Device, payload.Device).StartsWith(Remote, StringComparison.Ordinal))
            {
                throw new PostponedException(problem.Message, WhileAway, problem);
            }

            lease.Keep();
            return new JobOutcome(new { device = payload.Device, networks = payload.Genotypes.Count });
        }
    }

    // What the device is can only be asked here, where it is attached.
    private static async Task DescribeAsync(RunContext run, string device, CancellationToken cancellationToken)
    {
        IReadOnlyList<Genotype> sample = run.Sample(run.Experiment.Profile.Architectures);
        HashSet<string> measured = [.. (await ProfileStep.MeasuredAsync(run, device, cancellationToken).ConfigureAwait(false)).Keys];
        if (sample.All(genotype => measured.Contains(run.MeasurementKey(genotype))))
        {
            ProfiledDevice profiled = await ProfileStep.ProfileAsync(run, device, sample, cancellationToken).ConfigureAwait(false);
            await RunSteps.PutAsync(run, RunSteps.Profiled + device, JsonSerializer.Serialize(profiled, JsonSerializerOptions.Web)).ConfigureAwait(false);
        }
    }
}
