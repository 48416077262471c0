using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace NasEngine.Web.Observability;

/// <summary>Logs what was asked for and how it ended, and names the request's trace so. Queries and headers are left out: they may hold what is not to be written down.</summary>
internal sealed partial class RequestLog(RequestDelegate next, TimeProvider time, ILogger<RequestLog> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        long started = time.GetTimestamp();
        await next(context).ConfigureAwait(false);
        bool changes = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        int status = context.Response.StatusCode;
        LogLevel level = status >= StatusCodes.Status500InternalServerError ? LogLevel.Warning : changes && status < StatusCodes.Status400BadRequest ? LogLevel.Information : LogLevel.Debug;
        string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is string pattern ? "/" + pattern.Trim('/') : "none";
        Describe(context.Features.Get<IHttpActivityFeature>()?.Activity, context.Request.Method, route, status);
        if (logger.IsEnabled(level))
        {
            double milliseconds = time.GetElapsedTime(started).TotalMilliseconds;
            LogRequest(level, context.Request.Method, route, status, milliseconds);
        }
    }

    // The framework gives every request's trace one name, and no route. These are the names of OpenTelemetry's conventions.
    private static void Describe(Activity? activity, string method, string route, int status)
    {
        if (activity is not { IsAllDataRequested: true })
        {
            return;
        }

        activity.DisplayName = $"{method} {route}";
        activity.SetTag("http.request.method", method).SetTag("http.route", route).SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    [LoggerMessage(Message = "{Method} {Route} {Status} in {Milliseconds:0.0} ms")]
    private partial void LogRequest(LogLevel level, string method, string route, int status, double milliseconds);
}
