using Microsoft.AspNetCore.Http;

namespace NasEngine.Web.Safety;

/// <summary>Sets the headers that tell a browser what it must not do with an answer.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>For pages: everything from this service alone, nothing inline.</summary>
    public const string ForPages =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>For the page that measures, and its workers: WebAssembly as well.</summary>
    public const string ForDevice =
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>For data.</summary>
    public const string ForData = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>For reports, which hold their style and drawings inside and run no script.</summary>
    public const string ForReports = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

    public Task InvokeAsync(HttpContext context)
    {
        // At the last moment, since an error clears what was set before it.
        context.Response.OnStarting(static state =>
        {
            IHeaderDictionary headers = ((HttpContext)state).Response.Headers;
            headers.TryAdd("Content-Security-Policy", ForData);
            headers.TryAdd("Cache-Control", "no-store");
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Embedder-Policy"] = "require-corp";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
            return Task.CompletedTask;
        }, context);
        return next(context);
    }
}
