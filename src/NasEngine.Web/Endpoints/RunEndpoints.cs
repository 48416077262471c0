using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Background;
using NasEngine.Jobs.Queries;
using NasEngine.Web.Contracts;
using NasEngine.Web.Safety;

namespace NasEngine.Web.Endpoints;

/// <summary>Runs: their list, and one of them.</summary>
internal static class RunEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder runs = api.MapGroup("/runs").WithTags("Runs").RequireAuthorization(AccessRules.Viewer);
        runs.MapGet("/", ListAsync).WithSummary("Lists runs.").WithName("listRuns").ProducesProblem(StatusCodes.Status400BadRequest);
        runs.MapGet("/{id}", ShowAsync).WithSummary("Shows a run.").WithName("showRun").ProducesProblem(StatusCodes.Status404NotFound);
        runs.MapGet("/{id}/summary", SumUpAsync).WithSummary("Sums a run up, as in the list of runs.").WithName("sumUpRun").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/compare", CompareAsync).WithTags("Runs").RequireAuthorization(AccessRules.Viewer).WithSummary("Gives the fronts of several runs.").WithName("compareRuns")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Listed<RunSummaryView>> ListAsync(
        IRunQueries queries, RunSummaries summaries, string? state, string? space, string? q, string? sort, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        RunState? wanted = string.IsNullOrEmpty(state) ? null
            : Enum.GetValues<RunState>().Any(value => RunStateName.Of(value) == state) ? Enum.GetValues<RunState>().First(value => RunStateName.Of(value) == state)
            : throw UsageException.UnknownName("state", Paging.Text(state, nameof(state))!, Enum.GetValues<RunState>().Select(RunStateName.Of));
        bool byName = sort switch
        {
            null or "" or "createdAt" => false,
            "name" => true,
            _ => throw new UsageException("sort is createdAt or name."),
        };
        RunPlace? after = Paging.Parts(cursor, 2) is [string place, string id] ? new RunPlace(place, id) : null;
        RunPage page = await queries.ListAsync(
            new RunFilter(wanted, Paging.Text(space, nameof(space)), Paging.Text(q, nameof(q)), byName, Paging.Limit(limit), after), cancellationToken).ConfigureAwait(false);
        return new Listed<RunSummaryView>(
            await summaries.OfAsync(page.Runs, cancellationToken).ConfigureAwait(false), page.Total, page.Next is RunPlace next ? Paging.Cursor(next.Sort, next.Id) : null);
    }

    private static async Task<RunSummaryView> SumUpAsync(RunFinder finder, RunSummaries summaries, string id, CancellationToken cancellationToken) =>
        (await summaries.OfAsync([await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false)], cancellationToken).ConfigureAwait(false))[0];

    private static async Task<RunContract> ShowAsync(
        RunFinder finder, IRunStore store, StoredExperiments experiments, RunSummaries summaries, JobService jobs, string id, CancellationToken cancellationToken)
    {
        RunRecord run = await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false);
        RunDetailsView details = await RunDetails.OfAsync(store, experiments, run, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Artefact> artefacts = await store.GetArtefactsAsync(run.Id, cancellationToken).ConfigureAwait(false);
        RunBudget budget = await jobs.GetBudgetAsync(run.Id, cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<JobState, long> counts = await jobs.Stores.Jobs.CountAsync(run.Id, cancellationToken).ConfigureAwait(false);
        return new RunContract(
            details.Id, details.Name, details.Space, details.State, details.Seed, details.CreatedAt, details.Experiment, details.Environment,
            details.Objectives, details.Constraints, details.Steps,
            [.. artefacts.Select(artefact => new ArtefactContract(
                artefact.Name, artefact.Kind, artefact.Bytes, artefact.Sha256, $"/api/v1/runs/{Uri.EscapeDataString(run.Id)}/artefacts/{string.Join('/', artefact.Name.Split('/').Select(Uri.EscapeDataString))}"))],
            new RunBudgetView(budget.Evaluations ?? details.Budget.Evaluations, budget.Verify ?? details.Budget.Verify, details.Budget.TrainSteps), JobStateName.Counts(counts), details.Until,
            await summaries.ProgressAsync(run, cancellationToken).ConfigureAwait(false), await store.GetNoteAsync(run.Id, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<ComparisonContract> CompareAsync(RunFinder finder, RunContents contents, string? runs, CancellationToken cancellationToken)
    {
        string[] ids = (runs ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (ids.Length is 0 or > 20)
        {
            throw new UsageException("runs names 1 to 20 runs, separated by commas.");
        }

        List<ComparedFront> fronts = [];
        IReadOnlyList<ObjectiveView> common = [], first = [];
        foreach (string id in ids)
        {
            RunRecord run = await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false);
            RunFrontView front = await contents.FrontAsync(run, "verify", cancellationToken).ConfigureAwait(false);
            common = fronts.Count == 0 ? first = front.Objectives : [.. common.Where(front.Objectives.Contains)];
            fronts.Add(new ComparedFront(run.Id, run.Name, front.Points));
        }

        return new ComparisonContract(common.Count > 0 ? common : first, fronts);
    }
}
