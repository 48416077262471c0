using System.Text.Encodings.Web;
using System.Text.Json;

namespace NasEngine.Core.Devices;

/// <summary>How fingerprints and measurements stand in JSON: camel-case names, one line, missing values refused.</summary>
public static class DeviceJson
{
    /// <summary>Gets the settings, frozen and safe to share.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        JsonSerializerOptions options = new(JsonSerializerDefaults.Web)
        {
            PropertyNameCaseInsensitive = false,
            NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
            RespectNullableAnnotations = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // "±" and "µ" in warnings stay readable; these files are no HTML
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
