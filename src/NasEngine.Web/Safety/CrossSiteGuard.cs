using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using NasEngine.Web.Errors;

namespace NasEngine.Web.Safety;

/// <summary>Refuses changes that a page of another site makes a browser ask for.</summary>
/// <remarks>
/// Browsers say where a request comes from; scripts and agents say nothing and hold a token. A browser that is signed in by cookie
/// must also send the value that only pages of this service can read.
/// </remarks>
internal sealed class CrossSiteGuard(RequestDelegate next, SessionTickets tickets)
{
    /// <summary>The header that carries the value.</summary>
    public const string Header = "X-Nas-Csrf";

    public Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return next(context);
        }

        string site = request.Headers["Sec-Fetch-Site"].ToString();
        string origin = request.Headers.Origin.ToString();
        bool isForeign = site is "cross-site" or "same-site" || (origin.Length > 0 && !IsOwn(origin, request));
        if (isForeign)
        {
            return Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "Changes cannot be asked for by pages of other sites.");
        }

        string? ticket = context.User.FindFirstValue(AccessRules.TicketClaim);
        return ticket is null || SessionTickets.AreEqual(tickets.Csrf(ticket), request.Headers[Header].ToString())
            ? next(context)
            : Problems.WriteAsync(context, StatusCodes.Status403Forbidden, $"The header {Header} is missing or wrong: take its value from GET /api/v1/session.");
    }

    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
