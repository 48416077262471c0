using NasEngine.Core.Devices;
using NasEngine.Jobs.Exporting;
using NasEngine.Jobs.Runs;

namespace NasEngine.Jobs.Steps;

/// <summary>Exports the network that the experiment picks.</summary>
internal sealed class ExportStep : IRunStep
{
    public string Name => "export";

    public IReadOnlyList<string> Needs => ["verify"];

    public async Task<object> RunAsync(RunContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<FrontMember> front = await FrontReader.ReadAsync(context, cancellationToken).ConfigureAwait(false);
        FrontMember member = FrontPick.Choose(front, context.Experiment.Objectives, context.Experiment.Export.Pick);
        IDevice runtime = context.Services.OpenDevice("local");
        await using (runtime.ConfigureAwait(false))
        {
            return await SubnetExporter.ExportAsync(
                context, context.Space.Parse(member.Genotype), Path.Combine(context.Folder, context.Experiment.Export.File), context.Experiment.Export.Images, runtime, cancellationToken).ConfigureAwait(false);
        }
    }
}
