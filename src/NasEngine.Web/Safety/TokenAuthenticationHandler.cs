using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NasEngine.Core.Access;
using NasEngine.Core.Errors;
using NasEngine.Web.Errors;

namespace NasEngine.Web.Safety;

/// <summary>Says who is asking: by a bearer token, else by the ticket of a signed-in browser, else, on loopback without tokens, the person at this machine.</summary>
internal sealed class TokenAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, TokenRegistry tokens, TokenUse use, SessionTickets tickets, ServerOptions server)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        try
        {
            return Authenticate(await tokens.ListAsync(Context.RequestAborted).ConfigureAwait(false));
        }
        catch (NasException) when (Context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            // What needs no token is answered while the store is away, above all that it is.
            return AuthenticateResult.NoResult();
        }
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"nas\"";
        return Problems.WriteAsync(Context, StatusCodes.Status401Unauthorized, "A token is needed: send it as 'Authorization: Bearer TOKEN', or sign in.");
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.WriteAsync(Context, StatusCodes.Status403Forbidden, $"The role {AccessRules.RoleOf(Context.User)} does not allow this.");

    private AuthenticateResult Authenticate(IReadOnlyList<KnownToken> known)
    {
        if (Request.Headers.Authorization.Count > 0)
        {
            return AuthenticationHeaderValue.TryParse(Request.Headers.Authorization.ToString(), out AuthenticationHeaderValue? header)
                && string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
                && header.Parameter is string presented && KnownToken.Find(known, presented) is KnownToken token
                ? Success(token, null)
                : AuthenticateResult.Fail("The token is not known.");
        }

        if (Request.Cookies[AccessRules.Cookie] is string ticket && tickets.Read(ticket) is string id && known.FirstOrDefault(token => token.Id == id) is KnownToken signedIn)
        {
            return Success(signedIn, ticket);
        }

        return server.IsLoopback && known.All(token => token.Role == TokenRole.Device)
            ? Success([new Claim(ClaimTypes.Role, AccessRules.Actor)])
            : AuthenticateResult.NoResult();
    }

    private AuthenticateResult Success(KnownToken token, string? ticket)
    {
        use.Note(token);
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
