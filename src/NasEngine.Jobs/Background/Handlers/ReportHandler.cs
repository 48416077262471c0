using NasEngine.Jobs.Steps;

namespace NasEngine.Jobs.Background.Handlers;

/// <summary>Writes the files and the report of a run.</summary>
internal sealed class ReportHandler : StepHandler
{
    public override string Kind => JobKinds.Report;

    protected override IRunStep Step { get; } = new ReportStep();

    protected override bool NeedsWeights => true;
}
