using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NasEngine.Web.Contracts;
using NasEngine.Web.Observability;

namespace NasEngine.Web.Endpoints;

/// <summary>Whether the service can work, for whatever watches over it.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health", ShowAsync).AllowAnonymous().WithTags("Service").WithName("showHealth").WithSummary("Says whether the service can work.").ExcludeFromDescription();
        app.MapGet("/api/v1/health", ShowAsync).AllowAnonymous().WithTags("Service").WithName("showHealthOfApi").WithSummary("Says whether the service can work.")
            .Produces<HealthContract>().Produces<HealthContract>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ShowAsync(HealthChecks checks, CancellationToken cancellationToken)
    {
        HealthContract health = await checks.LookAsync(cancellationToken).ConfigureAwait(false);
        return TypedResults.Json(health, statusCode: health.Status == HealthChecks.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
