using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NasEngine.Web.Files;

namespace NasEngine.Web.Endpoints;

/// <summary>Pages, scripts and libraries. None of them holds data, so that they need no token.</summary>
internal static class StaticEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/lib/{**name}", [HttpMethods.Get, HttpMethods.Head], static (HttpContext context, LibraryFiles files, string name) => files.AnswerAsync(context, name)).AllowAnonymous().ExcludeFromDescription();
        app.MapMethods("/{**path}", [HttpMethods.Get, HttpMethods.Head], static (HttpContext context, PageFiles files, string? path) => files.AnswerAsync(context, path ?? string.Empty)).AllowAnonymous().ExcludeFromDescription();
    }
}
