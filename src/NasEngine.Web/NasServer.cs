using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NasEngine.Core.Errors;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Background;
using NasEngine.Jobs.Queries;
using NasEngine.Storage.Devices;
using NasEngine.Web.Contracts;
using NasEngine.Web.Devices;
using NasEngine.Web.Endpoints;
using NasEngine.Web.Errors;
using NasEngine.Web.Files;
using NasEngine.Web.Live;
using NasEngine.Web.Observability;
using NasEngine.Web.Safety;

namespace NasEngine.Web;

/// <summary>Builds the service: the HTTP API, the pages, and what keeps both safe.</summary>
public static class NasServer
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    /// <summary>Builds the service; it listens once it is started.</summary>
    /// <param name="options">Its settings.</param>
    /// <param name="services">What it works with.</param>
    /// <param name="cancellationToken">Stops before the service is built.</param>
    /// <exception cref="UsageException">The settings cannot be used: beyond loopback without a token, a bad address, a bad token file.</exception>
    public static Task<WebApplication> BuildAsync(ServerOptions options, ServerServices services, CancellationToken cancellationToken) => BuildAsync(options, services, static _ => { }, cancellationToken);

    /// <summary>Builds the service upon another host, for tests.</summary>
    internal static async Task<WebApplication> BuildAsync(ServerOptions options, ServerServices services, Action<IWebHostBuilder> configure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(services);
        IssuedTokens issued = await IssuedTokens.OpenAsync(services.Store.Tokens, services.Workplace.Home, services.Time, cancellationToken).ConfigureAwait(false);
        TokenRegistry tokens = new(issued, options);
        if (!options.IsLoopback && !await tokens.HasAnyForPeopleAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new UsageException($"Listening on {options.Host} lets others in, so a token is needed first. Make one with: nas token create --role actor");
        }

        System.Net.IPEndPoint endPoint = options.EndPoint();
        await Upkeep.EnsureAsync(services.Jobs.Stores, services.Workplace, services.Time, cancellationToken).ConfigureAwait(false);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "nas" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(endPoint);
            RequestLimits.Apply(kestrel.Limits, options);
        });
        configure(builder.WebHost);
        ServiceLog.Add(builder.Logging, options);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopPatience);
        AddServices(builder.Services, options, services, issued, tokens);
        WebApplication app = builder.Build();
        Use(app, options);
        Map(app);
        return app;
    }

    private static void AddServices(IServiceCollection into, ServerOptions options, ServerServices services, IssuedTokens issued, TokenRegistry tokens)
    {
        into.AddSingleton(options).AddSingleton(services).AddSingleton(services.Workplace).AddSingleton(services.Time).AddSingleton(services.Store)
            .AddSingleton(services.Store.Runs).AddSingleton(services.Store.Queries).AddSingleton(services.Store.Blobs).AddSingleton(services.Jobs).AddSingleton(services.Jobs.Stores)
            .AddSingleton(DeviceStores.Of(services.Store, services.Time));
        into.AddSingleton<IDeviceTokens, DeviceTokens>().AddSingleton<IDeviceJobs, DeviceJobs>();
        into.AddSingleton(issued).AddSingleton(tokens).AddSingleton<TokenUse>().AddHostedService(static provider => provider.GetRequiredService<TokenUse>())
            .AddSingleton(new SessionTickets(services.Workplace.Home, services.Time));
        into.AddSingleton<StoredExperiments>().AddSingleton<EvaluationTables>().AddSingleton<RunSummaries>().AddSingleton<RunContents>().AddSingleton<EvaluationCsv>()
            .AddSingleton<SpaceLibrary>().AddSingleton<SubmittedExperiments>().AddSingleton<RunFinder>().AddSingleton<RunFiles>().AddSingleton<HealthChecks>();
        into.AddSingleton<ServiceGauges>();
        into.AddSingleton<PageFiles>().AddSingleton<LibraryFiles>();
        into.AddSingleton<ChangeFeed>().AddHostedService<ChangeWatcher>();
        into.AddHostedService<TelemetryExport>();
        into.AddExceptionHandler<ErrorAnswers>();
        into.Configure<RouteHandlerOptions>(route => route.ThrowOnBadRequest = true);
        into.Configure<JsonOptions>(json =>
        {
            json.SerializerOptions.MaxDepth = 32;
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
            json.SerializerOptions.Converters.Add(new FiniteNumbers());
        });
        into.AddRouting();
        AccessRules.Add(into);
        RequestLimits.AddRates(into, options);
        ApiDocument.Add(into);
    }

    // The order matters: headers on every answer, then names and rates before anything is looked up, then who is asking.
    private static void Use(WebApplication app, ServerOptions options)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<RequestLog>();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = static _ => Task.CompletedTask, SuppressDiagnosticsCallback = static _ => true });
        app.UseMiddleware<HostGuard>();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseMiddleware<CrossSiteGuard>();
        app.UseAuthorization();
        app.UseStatusCodePages(static context => Problems.WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode, ApiDocument.DetailOf(context.HttpContext.Response.StatusCode)));
    }

    private static void Map(WebApplication app)
    {
        HealthEndpoints.Map(app);
        RouteGroupBuilder api = app.MapGroup("/api/v1");
        ApiDocument.Map(api);
        SessionEndpoints.Map(api);
        StatusEndpoints.Map(api);
        RunEndpoints.Map(api);
        RunActionEndpoints.Map(api);
        RunContentEndpoints.Map(api);
        JobEndpoints.Map(api);
        QueueEndpoints.Map(api);
        RecurringEndpoints.Map(api);
        DeviceEndpoints.Map(api);
        SpaceEndpoints.Map(api);
        EventEndpoints.Map(api);
        SettingsEndpoints.Map(api);
        api.Map("/{**rest}", static (HttpContext context) => Problems.WriteAsync(context, StatusCodes.Status404NotFound, "The API has no such address, or not with this method. See /api/v1/openapi.json.")).AllowAnonymous().ExcludeFromDescription();
        StaticEndpoints.Map(app);
    }
}
