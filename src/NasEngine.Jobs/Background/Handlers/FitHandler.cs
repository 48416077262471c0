using NasEngine.Jobs.Steps;

namespace NasEngine.Jobs.Background.Handlers;

/// <summary>Fits the predictors of a run.</summary>
internal sealed class FitHandler : StepHandler
{
    public override string Kind => JobKinds.Fit;

    protected override IRunStep Step { get; } = new FitStep();
}
