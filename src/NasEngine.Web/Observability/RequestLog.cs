using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace NasEngine.Web.Observability;

/// <summary>Logs what was asked for and how it ended. Queries and headers are left out: they may hold what is not to be written down.</summary>
internal sealed partial class RequestLog(RequestDelegate next, TimeProvider time, ILogger<RequestLog> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        long started = time.GetTimestamp();
        await next(context).ConfigureAwait(false);
        bool changes = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        int status = context.Response.StatusCode;
        LogLevel level = status >= StatusCodes.Status500InternalServerError ? LogLevel.Warning : changes && status < StatusCodes.Status400BadRequest ? LogLevel.Information : LogLevel.Debug;
        if (logger.IsEnabled(level))
        {
            string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
            double milliseconds = time.GetElapsedTime(started).TotalMilliseconds;
            LogRequest(level, context.Request.Method, route, status, milliseconds);
        }
    }

    [LoggerMessage(Message = "{Method} {Route} {Status} in {Milliseconds:0.0} ms")]
    private partial void LogRequest(LogLevel level, string method, string route, int status, double milliseconds);
}
