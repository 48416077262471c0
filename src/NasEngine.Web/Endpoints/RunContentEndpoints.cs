using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NasEngine.Core.Errors;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Queries;
using NasEngine.Web.Contracts;
using NasEngine.Web.Errors;
using NasEngine.Web.Files;
using NasEngine.Web.Safety;

namespace NasEngine.Web.Endpoints;

/// <summary>What a run found: fronts, evaluations, curves, predictors, genes, networks, files.</summary>
internal static class RunContentEndpoints
{
    private const int MostPoints = 5000;
    private static readonly string[] Stages = ["sample", "search", "verify", "verify-scores", "test"];

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder run = api.MapGroup("/runs/{id}").WithTags("Results").RequireAuthorization(AccessRules.Viewer);
        Described(run.MapGet("/front", FrontAsync), "runFront", "Gives the Pareto front: verified, or predicted by the search.");
        Described(run.MapGet("/evaluations", EvaluationsAsync), "runEvaluations", "Gives evaluations in their order.");
        Described(run.MapGet("/evaluations.csv", CsvAsync), "runEvaluationsCsv", "Gives all evaluations of a stage as CSV, a column for each gene and each metric.").Produces(StatusCodes.Status200OK, contentType: "text/csv");
        Described(run.MapGet("/scatter", ScatterAsync), "runScatter", "Gives two metrics of a stage's evaluations, to draw.");
        Described(run.MapGet("/hypervolume", HypervolumeAsync), "runHypervolume", "Gives the hypervolume in the course of the search.");
        Described(run.MapGet("/training", TrainingAsync), "runTraining", "Gives the training curve, while the supernet is trained as far as it has come.");
        Described(run.MapGet("/steps/{step}", StepAsync), "runStep", "Gives all that a step gave that is done.");
        Described(run.MapGet("/predictors", PredictorsAsync), "runPredictors", "Gives the quality of the run's predictors.");
        Described(run.MapGet("/genes", GenesAsync), "runGenes", "Gives architectures by their genes, and how much each gene matters.");
        Described(run.MapGet("/network", NetworkAsync), "runNetwork", "Gives what a network costs, and its drawing.");
        Described(run.MapGet("/artefacts/{**name}", ArtefactAsync), "runArtefact", "Gives a file of the run.").Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
        Described(run.MapGet("/report", ReportAsync), "runReport", "Gives the report of the run.").Produces(StatusCodes.Status200OK, contentType: "text/html");
        api.MapGet("/predictors", AllPredictorsAsync).WithTags("Results").RequireAuthorization(AccessRules.Viewer).WithName("listPredictors").WithSummary("Lists the predictors of all runs.");
    }

    private static RouteHandlerBuilder Described(RouteHandlerBuilder endpoint, string name, string summary) =>
        endpoint.WithName(name).WithSummary(summary).ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<RunFrontView> FrontAsync(RunFinder finder, RunContents contents, string id, string? stage, CancellationToken cancellationToken)
    {
        string wanted = string.IsNullOrEmpty(stage) ? "verify" : stage;
        if (wanted is not ("verify" or "search"))
        {
            throw new UsageException("stage is verify or search.");
        }

        return await contents.FrontAsync(await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false), wanted, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<EvaluationsContract> EvaluationsAsync(
        RunFinder finder, IRunQueries queries, string id, string? stage, long? after, int? limit, CancellationToken cancellationToken)
    {
        int most = Paging.Limit(limit, MostPoints, fallback: 500);
        long from = after is long last ? last >= -1 && last < long.MaxValue ? last + 1 : throw new UsageException("after is the sequence number of an evaluation, or -1.") : 0;
        RunRecord run = await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<StoredEvaluation> found = await queries.GetEvaluationsAsync(run.Id, Stage(stage, "search"), from, most, cancellationToken).ConfigureAwait(false);
        return new EvaluationsContract(
            [.. found.Select(evaluation => new EvaluationContract(
                evaluation.Sequence, evaluation.Genotype, evaluation.Metrics.Where(pair => double.IsFinite(pair.Value)).ToDictionary(pair => pair.Key, pair => pair.Value)))],
            found.Count == most ? found[^1].Sequence : null);
    }

    private static async Task<PushStreamHttpResult> CsvAsync(RunFinder finder, EvaluationCsv csv, string id, string? stage, CancellationToken cancellationToken)
    {
        string wanted = Stage(stage, "search");
        RunRecord run = await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false);
        finder.Experiment(run); // what cannot be read is said before the answer begins
        return TypedResults.Stream(stream => csv.WriteAsync(run, wanted, stream, cancellationToken), "text/csv; charset=utf-8; header=present", $"{run.Id}-{wanted}.csv");
    }

    private static async Task<ScatterView> ScatterAsync(
        RunFinder finder, RunContents contents, string id, string? stage, string? x, string? y, int? max, CancellationToken cancellationToken)
    {
        (string across, string upwards) = Paging.Text(x, nameof(x)) is string first && Paging.Text(y, nameof(y)) is string second
            ? (first, second)
            : throw new UsageException("x and y name the metric keys to draw, such as accuracy and latency@local.");
        RunRecord run = await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false);
        return await contents.ScatterAsync(run, Stage(stage, "search"), across, upwards, Paging.Limit(max, 50_000, MostPoints), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<HypervolumeContract> HypervolumeAsync(RunFinder finder, RunContents contents, string id, CancellationToken cancellationToken) =>
        new(await contents.HypervolumeAsync(await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));

    private static async Task<TrainingView> TrainingAsync(RunFinder finder, RunContents contents, string id, CancellationToken cancellationToken) =>
        await contents.TrainingAsync(await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private static async Task<StepResultContract> StepAsync(RunFinder finder, IRunStore store, string id, string step, CancellationToken cancellationToken)
    {
        RunRecord run = await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false);
        return (await store.GetStepsAsync(run.Id, cancellationToken).ConfigureAwait(false)).FirstOrDefault(record => record.Step == step) is StepRecord record
            ? new StepResultContract(record.Step, record.FinishedAt, JsonSerializer.Deserialize<JsonElement>(record.Result))
            : throw new MissingException($"Run {run.Id} has no step '{MissingException.Shown(step)}' that is done.");
    }

    private static async Task<PredictorsContract> PredictorsAsync(RunFinder finder, RunContents contents, string id, CancellationToken cancellationToken) =>
        new(await contents.PredictorsAsync(await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));

    private static async Task<GenesView> GenesAsync(RunFinder finder, RunContents contents, string id, CancellationToken cancellationToken) =>
        await contents.GenesAsync(await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private static async Task<NetworkView> NetworkAsync(RunFinder finder, RunContents contents, string id, string? genotype, CancellationToken cancellationToken)
    {
        RunRecord run = await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false);
        return string.IsNullOrEmpty(genotype) || genotype.Length > 4096
            ? throw new UsageException("genotype is an architecture in the words of the run's space.")
            : contents.Network(run, genotype);
    }

    private static async Task<PredictorsContract> AllPredictorsAsync(IRunQueries queries, int? limit, CancellationToken cancellationToken)
    {
        IReadOnlyList<RunPredictor> stored = await queries.ListPredictorsAsync(null, Paging.Limit(limit, fallback: 200), cancellationToken).ConfigureAwait(false);
        return new PredictorsContract([.. stored.Select(PredictorView.Of)]);
    }

    private static async Task<IResult> ArtefactAsync(RunFinder finder, IRunStore store, RunFiles files, string id, string name, HttpContext context, CancellationToken cancellationToken)
    {
        RunRecord run = await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false);
        Artefact artefact = await FindAsync(store, run, name, cancellationToken).ConfigureAwait(false);
        string path = await files.PathOfAsync(run, artefact, cancellationToken).ConfigureAwait(false);
        return Path.GetExtension(name) switch
        {
            ".html" => Shown(context, path, "text/html; charset=utf-8"),
            ".svg" => Shown(context, path, "image/svg+xml"),
            _ => TypedResults.PhysicalFile(path, "application/octet-stream", Path.GetFileName(name)),
        };
    }

    private static async Task<IResult> ReportAsync(RunFinder finder, IRunStore store, RunFiles files, string id, HttpContext context, CancellationToken cancellationToken)
    {
        RunRecord run = await finder.RequireAsync(id, cancellationToken).ConfigureAwait(false);
        Artefact report = await FindAsync(store, run, "report.html", cancellationToken).ConfigureAwait(false);
        return Shown(context, await files.PathOfAsync(run, report, cancellationToken).ConfigureAwait(false), "text/html; charset=utf-8");
    }

    private static async Task<Artefact> FindAsync(IRunStore store, RunRecord run, string name, CancellationToken cancellationToken) =>
        (await store.GetArtefactsAsync(run.Id, cancellationToken).ConfigureAwait(false)).FirstOrDefault(artefact => artefact.Name == name)
        ?? throw new MissingException($"Run {run.Id} has no file '{MissingException.Shown(name)}'.");

    // What a browser shows rather than saves: drawings and style inside, and nothing that runs.
    private static IResult Shown(HttpContext context, string path, string type)
    {
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.ForReports;
        return TypedResults.PhysicalFile(path, type);
    }

    private static string Stage(string? stage, string fallback) => string.IsNullOrEmpty(stage) ? fallback
        : Stages.Contains(stage) ? stage
        : throw UsageException.UnknownName("stage", Paging.Text(stage, nameof(stage))!, Stages);
}
