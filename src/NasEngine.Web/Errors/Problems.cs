using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using NasEngine.Core.Errors;

namespace NasEngine.Web.Errors;

/// <summary>Writes errors as problem details (RFC 9457).</summary>
internal static class Problems
{
    /// <summary>Answers with a problem.</summary>
    /// <param name="context">The request; nothing of its answer may have been sent.</param>
    /// <param name="status">The status code.</param>
    /// <param name="detail">What happened, in a sentence or two for a person.</param>
    /// <param name="faults">What is wrong in a file, with places.</param>
    public static Task WriteAsync(HttpContext context, int status, string detail, IReadOnlyList<InputFault>? faults = null)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            Of(status, detail, faults), options: null, contentType: "application/problem+json", context.RequestAborted);
    }

    /// <summary>Makes a problem.</summary>
    public static ProblemView Of(int status, string detail, IReadOnlyList<InputFault>? faults = null) => new(
        "about:blank", ReasonPhrases.GetReasonPhrase(status), status, detail, faults?.Select(fault => new ProblemError(fault.JsonPath, fault.Problem)).ToArray());
}

/// <summary>An error as it is answered.</summary>
/// <param name="Type">Always <c>about:blank</c>: the status says what kind of problem it is.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Status">The status code.</param>
/// <param name="Detail">What happened, for a person.</param>
/// <param name="Errors">What is wrong in a file that was sent, with places; absent otherwise.</param>
internal sealed record ProblemView(string Type, string Title, int Status, string Detail, IReadOnlyList<ProblemError>? Errors);

/// <summary>One thing that is wrong in a file.</summary>
/// <param name="Path">Where, such as <c>$.dimensions[3].choices</c>.</param>
/// <param name="Message">What is wrong, and what is allowed.</param>
public sealed record ProblemError(string Path, string Message);
