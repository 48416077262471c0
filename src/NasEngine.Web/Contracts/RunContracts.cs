using System.Text.Json;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Queries;

namespace NasEngine.Web.Contracts;

/// <summary>A run with everything that its page begins with.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="Name">The name its user gave.</param>
/// <param name="Space">The search space's name.</param>
/// <param name="State"><c>running</c>, <c>stopped</c>, <c>failed</c> or <c>done</c>.</param>
/// <param name="Seed">The seed of every random draw.</param>
/// <param name="CreatedAt">When it was first started.</param>
/// <param name="Experiment">What it does, every default written out, the space inside.</param>
/// <param name="Environment">Host, processor, versions and commit.</param>
/// <param name="Objectives">What it makes better.</param>
/// <param name="Constraints">Its hard limits.</param>
/// <param name="Steps">Its steps in their order.</param>
/// <param name="Artefacts">Its files.</param>
/// <param name="Budget">How much it may do, as it holds now.</param>
/// <param name="Jobs">How many of its jobs are in each state, by the state's name.</param>
/// <param name="Until">The step that it is to stop after, several separated by commas, or <see langword="null"/>; it is <c>stopped</c> once they are done.</param>
/// <param name="Progress">How far the step in hand is; <see langword="null"/> unless the run is going.</param>
/// <param name="Note">What people wrote about it.</param>
public sealed record RunContract(
    string Id, string Name, string Space, string State, long Seed, DateTimeOffset CreatedAt, JsonElement Experiment, JsonElement Environment,
    IReadOnlyList<ObjectiveView> Objectives, IReadOnlyList<ConstraintView> Constraints, IReadOnlyList<RunStepView> Steps,
    IReadOnlyList<ArtefactContract> Artefacts, RunBudgetView Budget, IReadOnlyDictionary<string, long> Jobs, string? Until, RunProgress? Progress, RunNote Note);

/// <summary>A file of a run.</summary>
/// <param name="Name">Its name within the run.</param>
/// <param name="Kind">What it is: <c>checkpoint</c>, <c>model</c>, <c>report</c>, <c>chart</c> or <c>table</c>.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">The digest of its content.</param>
/// <param name="Href">Where it can be fetched.</param>
public sealed record ArtefactContract(string Name, string Kind, long Bytes, string Sha256, string Href);

/// <summary>An evaluation.</summary>
/// <param name="Sequence">Its number within the stage, from 0.</param>
/// <param name="Genotype">The architecture in the words of its space.</param>
/// <param name="Metrics">Its values, by metric key.</param>
public sealed record EvaluationContract(long Sequence, string Genotype, IReadOnlyDictionary<string, double> Metrics);

/// <summary>Some evaluations of a stage.</summary>
/// <param name="Items">The evaluations.</param>
/// <param name="Next">What to ask the next ones with, or <see langword="null"/> if there were no more.</param>
public sealed record EvaluationsContract(IReadOnlyList<EvaluationContract> Items, long? Next);

/// <summary>The hypervolume in the course of a search.</summary>
/// <param name="Points">The moments.</param>
public sealed record HypervolumeContract(IReadOnlyList<HypervolumeMoment> Points);

/// <summary>Predictors.</summary>
/// <param name="Items">The predictors.</param>
public sealed record PredictorsContract(IReadOnlyList<PredictorView> Items);

/// <summary>Fronts of several runs.</summary>
/// <param name="Objectives">The objectives that all of the runs have; those of the first run if there are none.</param>
/// <param name="Fronts">A front for each run.</param>
public sealed record ComparisonContract(IReadOnlyList<ObjectiveView> Objectives, IReadOnlyList<ComparedFront> Fronts);

/// <summary>The front of one of several runs.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Points">The members of its front.</param>
public sealed record ComparedFront(string Run, string Name, IReadOnlyList<FrontPoint> Points);

/// <summary>A run to start.</summary>
/// <param name="Experiment">What it does; its space stands inside, or is the name of a space that is offered here.</param>
/// <param name="Priority">The priority of its jobs, from -100 to 100; 0 unless said otherwise.</param>
/// <param name="Fresh">Whether to forget what an equal run found; no unless said otherwise.</param>
/// <param name="Until">The step to stop after, such as <c>train</c>, <c>profile</c>, <c>fit</c> or <c>search</c>; the run goes on to its end unless said otherwise.</param>
public sealed record RunRequestContract(JsonElement Experiment, int? Priority, bool? Fresh, string? Until = null);

/// <summary>A step of a run that is done.</summary>
/// <param name="Step">Its name.</param>
/// <param name="FinishedAt">When it was done.</param>
/// <param name="Result">What came out, whole.</param>
public sealed record StepResultContract(string Step, DateTimeOffset FinishedAt, JsonElement Result);

/// <summary>A run that was started.</summary>
/// <param name="RunId">The run.</param>
/// <param name="JobId">The job that plans it.</param>
public sealed record StartedRunContract(string RunId, string JobId);

/// <summary>A run's new budgets; what is absent stays as it is.</summary>
/// <param name="Evaluations">How many architectures are predicted in all.</param>
/// <param name="Verify">How many of the predicted front are evaluated and measured.</param>
public sealed record BudgetPatchContract(int? Evaluations, int? Verify);

/// <summary>A run's new note.</summary>
/// <param name="Text">The whole text, at most 20,000 characters; empty to remove it.</param>
/// <param name="Version">The version of the note that the text was made from, as the run shows it; 0 if there was none.</param>
public sealed record NotePutContract(string? Text, long? Version);

/// <summary>A network to export.</summary>
/// <param name="Genotype">The network in the words of its space, or <see langword="null"/> to pick one of the front.</param>
/// <param name="Pick"><c>best</c>, <c>fastest</c> or a number in the front.</param>
/// <param name="Format"><c>fp32</c>, which is also the default.</param>
public sealed record ExportContract(string? Genotype, string? Pick, string? Format);
