using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NasEngine.Core.Errors;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Queries;
using NasEngine.Jobs.Runs;
using NasEngine.Web.Contracts;
using NasEngine.Web.Errors;
using NasEngine.Web.Safety;

namespace NasEngine.Web.Endpoints;

/// <summary>Spaces and experiments as files: the library, checks while someone writes, schemas.</summary>
internal static class SpaceEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder spaces = api.MapGroup("/spaces").WithTags("Spaces").RequireAuthorization(AccessRules.Viewer);
        spaces.MapGet("/", ListAsync).WithName("listSpaces").WithSummary("Lists spaces: those that ship, were saved, or were searched.");
        spaces.MapGet("/{name}", ShowAsync).WithName("showSpace").WithSummary("Gives the file of a space.").ProducesProblem(StatusCodes.Status404NotFound);
        spaces.MapPost("/validate", Validate).WithName("validateSpace").WithSummary("Says what is wrong with a space file, and how large the space is.").ProducesProblem(StatusCodes.Status400BadRequest);
        spaces.MapPost("/", SaveAsync).RequireAuthorization(AccessRules.Actor).WithName("saveSpace").WithSummary("Saves a space under its name, if nothing is wrong with it.").ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapPost("/experiments/validate", ValidateExperimentAsync).WithTags("Spaces").RequireAuthorization(AccessRules.Viewer)
            .WithName("validateExperiment").WithSummary("Says what is wrong with an experiment, and what it would do.").ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/schema/{name}.json", Schema).WithTags("Spaces").RequireAuthorization(AccessRules.Viewer)
            .WithName("showSchema").WithSummary("Gives a JSON schema.").Produces(StatusCodes.Status200OK, contentType: "application/schema+json").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Listed<SpaceContract>> ListAsync(SpaceLibrary library, CancellationToken cancellationToken) =>
        Listed<SpaceContract>.Whole([.. (await library.ListAsync(cancellationToken).ConfigureAwait(false)).Select(SpaceContract.Of)]);

    private static async Task<SpaceTextContract> ShowAsync(SpaceLibrary library, string name, CancellationToken cancellationToken) =>
        await library.FindAsync(name, cancellationToken).ConfigureAwait(false) is SpaceEntry entry
            ? new SpaceTextContract(entry.Name, entry.Text)
            : throw new MissingException($"There is no space '{MissingException.Shown(name)}'.");

    private static SpaceCheckContract Validate(SpaceLibrary library, DocumentContract document)
    {
        try
        {
            SearchSpace space = library.Read(document.Text());
            return new SpaceCheckContract(true, space.Name, space.Family, space.Size.ToString(CultureInfo.InvariantCulture), space.Genes.Length, []);
        }
        catch (InputFormatException problem)
        {
            // What is wrong is the answer.
            return new SpaceCheckContract(false, null, null, null, null, Errors(problem));
        }
    }

    private static async Task<Created<SpaceContract>> SaveAsync(SpaceLibrary library, DocumentContract document, CancellationToken cancellationToken)
    {
        SpaceEntry saved = await library.SaveAsync(document.Text(), cancellationToken).ConfigureAwait(false);
        return TypedResults.Created($"/api/v1/spaces/{Uri.EscapeDataString(saved.Name)}", SpaceContract.Of(saved));
    }

    private static async Task<ExperimentCheckContract> ValidateExperimentAsync(SubmittedExperiments experiments, DocumentContract document, CancellationToken cancellationToken)
    {
        try
        {
            Experiment experiment = await experiments.ReadAsync(document.Text(), cancellationToken).ConfigureAwait(false);
            return new ExperimentCheckContract(
                true, RunKey.RunId(experiment), experiment.Space.Size.ToString(CultureInfo.InvariantCulture), experiment.Train.Steps, experiment.Search.Evaluations, experiment.Search.Verify, experiment.Devices, []);
        }
        catch (InputFormatException problem)
        {
            // What is wrong is the answer.
            return new ExperimentCheckContract(false, null, null, null, null, null, [], Errors(problem));
        }
    }

    private static IResult Schema(Workplace workplace, string name)
    {
        // Looked up among the files that are there, so that a name is never a path.
        string folder = Path.Combine(workplace.Root, "searchspaces", "schema");
        string? file = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.json").FirstOrDefault(path => Path.GetFileName(path) == name + ".schema.json" || Path.GetFileName(path) == name + ".json")
            : null;
        return file is null ? throw new MissingException($"There is no schema '{MissingException.Shown(name)}'.") : TypedResults.PhysicalFile(file, "application/schema+json");
    }

    private static ProblemError[] Errors(InputFormatException problem) => [.. problem.Faults.Select(fault => new ProblemError(fault.JsonPath, fault.Problem))];
}
