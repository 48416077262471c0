using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace NasEngine.Web.Safety;

/// <summary>Who may do what: the names of the policies that endpoints ask for, and how they are met.</summary>
internal static class AccessRules
{
    /// <summary>May look.</summary>
    public const string Viewer = "viewer";

    /// <summary>May change things.</summary>
    public const string Actor = "actor";

    /// <summary>May measure as a device.</summary>
    public const string Device = "device";

    /// <summary>The one way to say who is asking.</summary>
    public const string Scheme = "nas";

    /// <summary>The cookie that holds a browser's ticket.</summary>
    public const string Cookie = "nas_session";

    /// <summary>The claim that holds the ticket of a browser that came with a cookie.</summary>
    public const string TicketClaim = "ticket";

    /// <summary>The claim that says which token was presented.</summary>
    public const string TokenClaim = "token";

    /// <summary>Adds authentication by token or ticket, and the policies. What asks for no policy of its own is for viewers.</summary>
    public static void Add(IServiceCollection services)
    {
        // The core alone: what else comes with authentication writes keys of its own to the user's folder.
        services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = Scheme;
            options.AddScheme<TokenAuthenticationHandler>(Scheme, null);
        });
        services.AddWebEncoders();
        services.AddTransient<TokenAuthenticationHandler>();
        services.AddAuthorizationBuilder()
            .AddPolicy(Viewer, policy => policy.RequireRole(Viewer, Actor))
            .AddPolicy(Actor, policy => policy.RequireRole(Actor))
            .AddPolicy(Device, policy => policy.RequireRole(Device, Actor))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder(Scheme).RequireRole(Viewer, Actor).Build());
    }

    /// <summary>Gives the role of who is asking, as a name; <see langword="null"/> if that is not known.</summary>
    public static string? RoleOf(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Role);
}
