using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NasEngine.Core.Access;
using NasEngine.Web.Contracts;
using NasEngine.Web.Safety;

namespace NasEngine.Web.Endpoints;

/// <summary>Signing in and out with a browser.</summary>
internal static class SessionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder session = api.MapGroup("/session").WithTags("Session").AllowAnonymous();
        session.MapGet("/", ShowAsync).WithName("showSession").WithSummary("Says who is signed in.");
        session.MapPost("/", SignInAsync).RequireRateLimiting(RequestLimits.SignIn).WithName("signIn").WithSummary("Signs a browser in with a token.")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);
        session.MapDelete("/", SignOut).WithName("signOut").WithSummary("Signs a browser out.");
    }

    private static async Task<SessionContract> ShowAsync(HttpContext context, ServerOptions options, TokenRegistry tokens, SessionTickets tickets, CancellationToken cancellationToken)
    {
        string? ticket = context.User.FindFirstValue(AccessRules.TicketClaim);
        return new SessionContract(
            AccessRules.RoleOf(context.User), ticket is null ? null : tickets.Csrf(ticket), ServiceVersion.Text,
            !options.IsLoopback || await tokens.HasAnyForPeopleAsync(cancellationToken).ConfigureAwait(false));
    }

    private static async Task<Results<Ok<SessionContract>, ProblemHttpResult>> SignInAsync(
        HttpContext context, TokenRegistry tokens, SessionTickets tickets, SignInContract request, CancellationToken cancellationToken)
    {
        KnownToken? token = await tokens.FindAsync(request.Token ?? string.Empty, cancellationToken).ConfigureAwait(false);
        if (token is null || token.Role == TokenRole.Device)
        {
            return TypedResults.Problem("The token is not known, or is one for devices.", statusCode: StatusCodes.Status401Unauthorized, title: "Unauthorized", type: "about:blank");
        }

        string ticket = tickets.Create(token);
        context.Response.Cookies.Append(AccessRules.Cookie, ticket, Cookie(context, SessionTickets.Lifetime));
        return TypedResults.Ok(new SessionContract(token.Role.Name(), tickets.Csrf(ticket), ServiceVersion.Text, true));
    }

    private static NoContent SignOut(HttpContext context, SessionTickets tickets)
    {
        if (context.User.FindFirstValue(AccessRules.TicketClaim) is string ticket)
        {
            tickets.End(ticket);
        }

        context.Response.Cookies.Delete(AccessRules.Cookie, Cookie(context, null));
        return TypedResults.NoContent();
    }

    private static CookieOptions Cookie(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
    };
}
