using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NasEngine.Web.Contracts;
using NasEngine.Web.Safety;

namespace NasEngine.Web.Endpoints;

/// <summary>How the service is set up.</summary>
internal static class SettingsEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/settings", Show).WithTags("Service").RequireAuthorization(AccessRules.Viewer).WithName("showSettings").WithSummary("Shows the settings of the service.");

    private static SettingsContract Show(ServerOptions options, ServerServices services, TokenRegistry tokens) => new(
        ServiceVersion.Text, services.Store.Kind, services.Store.Location, services.Workplace.Home, services.Workplace.Results,
        new LimitsContract(options.RequestsPerSecond, options.RequestBurst, options.MaxBodyBytes, options.StreamsPerClient),
        [.. tokens.All.Select(token => new TokenContract(token.Id, token.Role.Name(), token.Note, token.CreatedAt))], null);
}
