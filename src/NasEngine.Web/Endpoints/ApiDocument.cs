using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using NasEngine.Web.Safety;

namespace NasEngine.Web.Endpoints;

/// <summary>The OpenAPI document of the API.</summary>
internal static class ApiDocument
{
    private const string Name = "v1";
    private const string SecurityScheme = "token";

    public static void Add(IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "NasEngine", Version = Name, Description = "Runs, jobs, devices and spaces of a neural architecture search service. Errors are problem details (RFC 9457)." };
            document.Servers = [new OpenApiServer { Url = "/" }];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [SecurityScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token of 'nas token create'. On loopback none is needed unless one was made." },
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SecurityScheme, document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer(static (schema, context, _) =>
        {
            // Numbers have a converter of their own, which hides their type from the generator.
            if (context.JsonTypeInfo.Type == typeof(double))
            {
                (schema.Type, schema.Format) = (JsonSchemaType.Number, "double");
            }

            return Task.CompletedTask;
        });
    });

    public static void Map(RouteGroupBuilder api) => api.MapOpenApi("/openapi.json").RequireAuthorization(AccessRules.Viewer);

    /// <summary>Says in words what a bare status code means here.</summary>
    public static string DetailOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "The address does not take this method.",
        StatusCodes.Status413PayloadTooLarge => "The body is larger than is allowed here.",
        StatusCodes.Status415UnsupportedMediaType => "A body of JSON is expected: Content-Type: application/json.",
        _ => "The request cannot be carried out.",
    };
}
