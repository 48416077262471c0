using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Background;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Queries;
using NasEngine.Jobs.Runs;
using NasEngine.Web.Contracts;
using NasEngine.Web.Safety;

namespace NasEngine.Web.Endpoints;

/// <summary>Starts, stops and changes runs.</summary>
internal static class RunActionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder runs = api.MapGroup("/runs").WithTags("Runs").RequireAuthorization(AccessRules.Actor);
        Described(runs.MapPost("/", StartAsync), "startRun", "Starts the run of an experiment, or goes on with it, to its end or to a step.");
        Described(runs.MapPost("/{id}/stop", StopAsync), "stopRun", "Stops a run; what is under way stops within a few seconds and keeps what it did.");
        Described(runs.MapPost("/{id}/resume", ResumeAsync), "resumeRun", "Goes on with a run that was stopped or failed, to its end.");
        Described(runs.MapDelete("/{id}", DeleteAsync), "deleteRun", "Removes a run and its folder; measurements and supernets stay.");
        Described(runs.MapPatch("/{id}/budget", ChangeBudgetAsync), "changeBudget", "Changes a run's budgets, also while it goes.");
        Described(runs.MapPut("/{id}/note", ChangeNoteAsync), "changeNote", "Changes what is written about a run; refused if somebody else has changed it since it was read.");
        Described(runs.MapPost("/{id}/export", ExportAsync), "exportNetwork", "Exports a network of a run as ONNX; the file is an artefact once the job has succeeded.");
    }

    private static RouteHandlerBuilder Described(RouteHandlerBuilder endpoint, string name, string summary) => endpoint.WithName(name).WithSummary(summary)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Accepted<StartedRunContract>> StartAsync(SubmittedExperiments experiments, JobService service, RunRequestContract request, CancellationToken cancellationToken)
    {
        if (request.Experiment.ValueKind != JsonValueKind.Object)
        {
            throw new UsageException("experiment is missing: an object is expected.");
        }

        int priority = request.Priority ?? 0;
        if (priority is < JobRequest.LowestPriority or > -JobRequest.LowestPriority)
        {
            throw new UsageException($"priority is from {JobRequest.LowestPriority} to {-JobRequest.LowestPriority}.");
        }

        Experiment experiment = await experiments.ReadAsync(request.Experiment.GetRawText(), cancellationToken).ConfigureAwait(false);
        StartedRun started = await service.StartRunAsync(experiment, priority, request.Fresh ?? false, string.IsNullOrEmpty(request.Until) ? null : Paging.Text(request.Until, "until"), cancellationToken).ConfigureAwait(false);
        return TypedResults.Accepted($"/api/v1/runs/{started.RunId}", new StartedRunContract(started.RunId, started.JobId));
    }

    private static async Task<NoContent> StopAsync(RunFinder finder, JobService service, string id, CancellationToken cancellationToken)
    {
        RunRecord run = await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false);
        await service.StopRunAsync(run.Id, cancellationToken).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task<Accepted<AddedJobContract>> ResumeAsync(RunFinder finder, JobService service, string id, CancellationToken cancellationToken)
    {
        RunRecord run = await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false);
        return Added(await service.ResumeRunAsync(run.Id, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<NoContent> DeleteAsync(RunFinder finder, JobService service, Workplace workplace, string id, CancellationToken cancellationToken)
    {
        RunRecord run = await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false);
        try
        {
            await service.DeleteRunAsync(run.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (UsageException problem)
        {
            // The run is there; what keeps it from going is that jobs of it are under way.
            throw new WorkFailedException(problem.Message, problem);
        }

        string folder = workplace.RunFolder(run.Id);
        if (FolderBounds.IsInside(workplace.Results, folder) && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return TypedResults.NoContent();
    }

    private static async Task<RunBudgetView> ChangeBudgetAsync(RunFinder finder, JobService service, string id, BudgetPatchContract change, CancellationToken cancellationToken)
    {
        RunRecord run = await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false);
        if (change is { Evaluations: null, Verify: null })
        {
            throw new UsageException("evaluations or verify is expected.");
        }

        RunBudget now = await service.ChangeBudgetAsync(run.Id, new RunBudget(change.Evaluations, change.Verify), cancellationToken).ConfigureAwait(false);
        return new RunBudgetView(now.Evaluations ?? 0, now.Verify ?? 0, finder.Experiment(run).Train.Steps);
    }

    private static async Task<RunNote> ChangeNoteAsync(RunFinder finder, JobService service, string id, NotePutContract wanted, CancellationToken cancellationToken)
    {
        RunRecord run = await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false);
        return wanted is { Text: string text, Version: >= 0 and < long.MaxValue }
            ? await service.ChangeNoteAsync(run.Id, text, wanted.Version.Value, cancellationToken).ConfigureAwait(false)
            : throw new UsageException("text and version are expected; the version is that of the note that the text was made from, and 0 if there was none.");
    }

    private static async Task<Accepted<AddedJobContract>> ExportAsync(RunFinder finder, JobService service, string id, ExportContract wanted, CancellationToken cancellationToken)
    {
        RunRecord run = await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false);
        if (wanted.Format is not (null or "" or "fp32"))
        {
            throw new UsageException("format is fp32.");
        }

        bool isPick = wanted.Pick is null or "best" or "fastest" || (wanted.Pick.Length is > 0 and < 7 && wanted.Pick.All(char.IsAsciiDigit));
        if (wanted.Genotype is { Length: > 4096 } || !isPick)
        {
            throw new UsageException("genotype is an architecture in the words of the run's space; pick is best, fastest or a number of the front.");
        }

        return Added(await service.ExportAsync(run.Id, wanted.Genotype, wanted.Pick, cancellationToken).ConfigureAwait(false));
    }

    private static Accepted<AddedJobContract> Added(JobRecord job) => TypedResults.Accepted($"/api/v1/jobs/{job.Id}", new AddedJobContract(job.Id));
}
