using System.Text.Json;
using NasEngine.Core.Devices;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Exporting;
using NasEngine.Jobs.Runs;
using NasEngine.Jobs.Steps;

namespace NasEngine.Jobs.Background.Handlers;

/// <summary>Exports a network of a run: the experiment's pick as a step of the run, or what a user asks for.</summary>
internal sealed class ExportHandler : IJobHandler
{
    public string Kind => JobKinds.Export;

    public async Task<JobOutcome> ExecuteAsync(JobContext context, CancellationToken cancellationToken)
    {
        ExportPayload payload = context.Payload<ExportPayload>();
        RunContextPool.Lease lease = await context.OpenRunAsync(cancellationToken).ConfigureAwait(false);
        await using (lease.ConfigureAwait(false))
        {
            RunContext run = lease.Context;
            await SharedCheckpoint.FetchAsync(run, forTraining: false, cancellationToken).ConfigureAwait(false);
            Directory.CreateDirectory(run.Folder);
            object result = payload.IsStep
                ? await new ExportStep().RunAsync(run, cancellationToken).ConfigureAwait(false)
                : await ExportAsync(run, payload, cancellationToken).ConfigureAwait(false);
            await RunSteps.PublishFilesAsync(run, CancellationToken.None).ConfigureAwait(false);
            lease.Keep();
            if (!payload.IsStep)
            {
                return new JobOutcome(result);
            }

            await RunSteps.PutAsync(run, "export", JsonSerializer.Serialize(result, JsonSerializerOptions.Web)).ConfigureAwait(false);
            return new JobOutcome(result, [RunPlan.Next(run.Run.Id)]);
        }
    }

    private static async Task<object> ExportAsync(RunContext run, ExportPayload payload, CancellationToken cancellationToken)
    {
        string genotype = payload.Genotype ?? FrontPick.Choose(
            await FrontReader.ReadAsync(run, cancellationToken).ConfigureAwait(false), run.Experiment.Objectives, payload.Pick ?? run.Experiment.Export.Pick).Genotype;
        Genotype network = run.Space.Parse(genotype);
        string file = $"network-{RunKey.Of(run.Space.Format(network))[..12]}.onnx"; // genotypes are no names for files
        IDevice runtime = run.Services.OpenDevice("local");
        await using (runtime.ConfigureAwait(false))
        {
            return await SubnetExporter.ExportAsync(run, network, Path.Combine(run.Folder, file), run.Experiment.Export.Images, runtime, cancellationToken).ConfigureAwait(false);
        }
    }
}
