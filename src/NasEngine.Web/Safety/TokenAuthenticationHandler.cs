using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NasEngine.Web.Errors;

namespace NasEngine.Web.Safety;

/// <summary>Says who is asking: by a bearer token, else by the ticket of a signed-in browser, else, on loopback without tokens, the person at this machine.</summary>
internal sealed class TokenAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, TokenRegistry tokens, SessionTickets tickets, ServerOptions server)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"nas\"";
        return Problems.WriteAsync(Context, StatusCodes.Status401Unauthorized, "A token is needed: send it as 'Authorization: Bearer TOKEN', or sign in.");
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.WriteAsync(Context, StatusCodes.Status403Forbidden, $"The role {AccessRules.RoleOf(Context.User)} does not allow this.");

    private AuthenticateResult Authenticate()
    {
        if (Request.Headers.Authorization.Count > 0)
        {
            return AuthenticationHeaderValue.TryParse(Request.Headers.Authorization.ToString(), out AuthenticationHeaderValue? header)
                && string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
                && header.Parameter is string presented && tokens.Find(presented) is KnownToken token
                ? Success(token, null)
                : AuthenticateResult.Fail("The token is not known.");
        }

        if (Request.Cookies[AccessRules.Cookie] is string ticket && tickets.Read(ticket) is string id && tokens.FindById(id) is KnownToken signedIn)
        {
            return Success(signedIn, ticket);
        }

        return server.IsLoopback && !tokens.HasTokensForPeople
            ? Success([new Claim(ClaimTypes.Role, AccessRules.Actor)])
            : AuthenticateResult.NoResult();
    }

    private static AuthenticateResult Success(KnownToken token, string? ticket)
    {
        List<Claim> claims = [new(ClaimTypes.Role, token.Role.Name()), new(AccessRules.TokenClaim, token.Id)];
        if (ticket is not null)
        {
            claims.Add(new Claim(AccessRules.TicketClaim, ticket));
        }

        return Success(claims);
    }

    private static AuthenticateResult Success(IEnumerable<Claim> claims) =>
        AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, AccessRules.Scheme)), AccessRules.Scheme));
}
