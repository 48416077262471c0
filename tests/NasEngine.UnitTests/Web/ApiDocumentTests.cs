using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NasEngine.Testing.Web;

namespace NasEngine.UnitTests.Web;

internal sealed partial class ApiDocumentTests
{
    [Test]
    public async Task Document_OfTheApi_NamesEveryRouteWithSummaryAndId()
    {
        await using TestService service = await TestService.StartAsync();
        JsonElement paths = (await service.GetAsync("openapi.json")).GetProperty("paths");
        HashSet<string> documented = [.. paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name.TrimEnd('/')}"))];
        string[] mapped =
        [
            .. service.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal) && !endpoint.RoutePattern.RawText.Contains("**", StringComparison.Ordinal) && !endpoint.RoutePattern.RawText.EndsWith("openapi.json", StringComparison.Ordinal))
                .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(method => $"{method} {Constraint().Replace(endpoint.RoutePattern.RawText!.TrimEnd('/'), "}")}")),
        ];
        Assert.That(mapped, Has.Length.GreaterThan(50));
        Assert.That(documented, Is.SupersetOf(mapped));
        Assert.That(paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value.TryGetProperty("summary", out _) && operation.Value.TryGetProperty("operationId", out _)), Is.All.True);
    }

    [GeneratedRegex(":[a-z]+}")]
    private static partial Regex Constraint();
}
