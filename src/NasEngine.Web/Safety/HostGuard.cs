using System.Net;
using Microsoft.AspNetCore.Http;
using NasEngine.Web.Errors;

namespace NasEngine.Web.Safety;

/// <summary>Takes requests for known names only: a foreign name that was made to point at this machine must not let its pages read from here.</summary>
internal sealed class HostGuard(RequestDelegate next, ServerOptions options)
{
    public Task InvokeAsync(HttpContext context)
    {
        string host = context.Request.Host.Host;
        bool isAllowed = options.AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase) || (options.IsLoopback ? IsLoopback(host) : options.AllowedHosts.Count == 0 || IsLoopback(host));
        return isAllowed
            ? next(context)
            : Problems.WriteAsync(context, StatusCodes.Status421MisdirectedRequest, "The service is not known by the name in the Host header. Names are allowed with --allowed-host.");
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
