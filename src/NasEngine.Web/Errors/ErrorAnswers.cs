using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NasEngine.Core.Errors;

namespace NasEngine.Web.Errors;

/// <summary>Turns errors into answers: what a user did is said in its own words, what is a fault of ours is logged and not shown.</summary>
internal sealed partial class ErrorAnswers(ILogger<ErrorAnswers> logger) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            return true; // nobody is listening any more
        }

        (int status, string detail) = Of(exception);
        if (status == StatusCodes.Status500InternalServerError)
        {
            LogFault(exception, httpContext.Request.Method, httpContext.Request.Path);
        }

        await Problems.WriteAsync(httpContext, status, detail, (exception as InputFormatException)?.Faults).ConfigureAwait(false);
        return true;
    }

    private static (int Status, string Detail) Of(Exception exception) => exception switch
    {
        MissingException => (StatusCodes.Status404NotFound, exception.Message),
        InputFormatException or UsageException => (StatusCodes.Status400BadRequest, exception.Message),
        DamagedFileException => (StatusCodes.Status500InternalServerError, "What is stored cannot be read. The log of the service says more."),
        NasException { Kind: FaultKind.DeviceUnreachable } => (StatusCodes.Status503ServiceUnavailable, exception.Message),
        NasException => (StatusCodes.Status409Conflict, exception.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (StatusCodes.Status413PayloadTooLarge, "The body is larger than is allowed here."),
        BadHttpRequestException { InnerException: JsonException problem } => (StatusCodes.Status400BadRequest, $"The body cannot be read: {Sentence(problem)}"),
        BadHttpRequestException bad => (bad.StatusCode, OneLine(bad.Message)),
        _ => (StatusCodes.Status500InternalServerError, "The service failed to answer. Its log says more."),
    };

    private static string Sentence(JsonException problem) =>
        problem.Path is { Length: > 0 } path ? $"at {OneLine(path)} something else is expected, or it is not JSON." : "it is not JSON, or nested too deeply.";

    private static string OneLine(string text) => text.Length > 300 ? text[..297].ReplaceLineEndings(" ") + "..." : text.ReplaceLineEndings(" ");

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFault(Exception exception, string method, PathString path);
}
