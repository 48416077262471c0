using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NasEngine.Core.Access;
using NasEngine.Core.Errors;
using NasEngine.Jobs.Background;
using NasEngine.Web.Contracts;
using NasEngine.Web.Safety;

namespace NasEngine.Web.Endpoints;

/// <summary>How the service is set up.</summary>
internal static class SettingsEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder settings = api.MapGroup("/settings").WithTags("Service").RequireAuthorization(AccessRules.Viewer);
        settings.MapGet("/", ShowAsync).WithName("showSettings").WithSummary("Shows the settings of the service.");
        settings.MapPatch("/", ChangeAsync).RequireAuthorization(AccessRules.Actor).WithName("changeSettings").WithSummary("Changes for how long finished jobs are kept.").ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<SettingsContract> ShowAsync(ServerOptions options, ServerServices services, TokenRegistry tokens, CancellationToken cancellationToken) => new(
        ServiceVersion.Text, services.Store.Kind, services.Store.Location, services.Workplace.Home, services.Workplace.Results,
        new LimitsContract(options.RequestsPerSecond, options.RequestBurst, options.MaxBodyBytes, options.StreamsPerClient),
        [.. (await tokens.ListAsync(cancellationToken).ConfigureAwait(false)).Select(token => new TokenContract(token.Id, token.Role.Name(), token.Note, token.CreatedAt, token.LastUsedAt))],
        await Upkeep.GetRetentionAsync(services.Jobs.Stores, cancellationToken).ConfigureAwait(false));

    private static async Task<SettingsContract> ChangeAsync(ServerOptions options, ServerServices services, TokenRegistry tokens, SettingsPatchContract change, CancellationToken cancellationToken)
    {
        await Upkeep.SetRetentionAsync(services.Jobs, change.RetentionDays ?? throw new UsageException("retentionDays is missing."), cancellationToken).ConfigureAwait(false);
        return await ShowAsync(options, services, tokens, cancellationToken).ConfigureAwait(false);
    }
}
