using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Json;
using NasEngine.Core.Predictors;

namespace NasEngine.Predictors;

/// <summary>Writes predictors as JSON and reads them back: the same predictions, bit for bit.</summary>
/// <remarks>A digest of the content tells a file that was changed or cut from one that was written. Stateless and thread-safe.</remarks>
public static class PredictorFile
{
    private const string Format = "nasengine-predictor";
    private const int Version = 1;

    /// <summary>Writes a predictor.</summary>
    /// <param name="predictor">A predictor of a kind that the registry knows.</param>
    /// <param name="registry">The kinds, or <see langword="null"/> for those of the engine.</param>
    /// <returns>JSON, indented, with a line feed at its end.</returns>
    /// <exception cref="UsageException">The registry does not know the predictor's kind.</exception>
    public static string ToJson(IPredictor predictor, PredictorRegistry? registry = null)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        IPredictorKind kind = (registry ?? PredictorRegistry.Default).Find(predictor.Kind);
        return Serialize(predictor, kind, DigestOf(Serialize(predictor, kind, digest: null))) + "\n";
    }

    /// <summary>Reads a predictor.</summary>
    /// <param name="file">What to call the text in messages.</param>
    /// <param name="json">What <see cref="ToJson"/> gave.</param>
    /// <param name="registry">The kinds, or <see langword="null"/> for those of the engine.</param>
    /// <exception cref="InputFormatException">The text is no predictor file; every fault is listed.</exception>
    /// <exception cref="DamagedFileException">The text was changed since it was written.</exception>
    public static IPredictor Parse(string file, string json, PredictorRegistry? registry = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        PredictorRegistry kinds = registry ?? PredictorRegistry.Default;
        (IPredictor predictor, string digest) = Decoded(file, json, kinds);
        return DigestOf(Serialize(predictor, kinds.Find(predictor.Kind), digest: null)) == digest
            ? predictor
            : throw new DamagedFileException(file, "its content does not have the digest it was written with.", "Fit the predictor again.");
    }

    private static (IPredictor Predictor, string Digest) Decoded(string file, string json, PredictorRegistry kinds)
    {
        string digest = string.Empty;
        IPredictor predictor = StrictJson.Read(file, Encoding.UTF8.GetBytes(json), root =>
        {
            root.Text("format", allowed: [Format]);
            root.Integer("version", Version, Version);
            digest = root.Text("digest");
            string kind = root.Text("kind", allowed: kinds.Names);
            string[] features = [.. root.Objects("features", required: true).Select(feature => feature.Text("name"))];
            if (features.Length == 0 || features.Distinct(StringComparer.Ordinal).Count() != features.Length)
            {
                root.Fault("features", "names are expected, each its own.");
            }

            return root.HasFaults ? null : kinds.Find(kind).Read(root, features);
        });
        return (predictor, digest);
    }

    private static string Serialize(IPredictor predictor, IPredictorKind kind, string? digest)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteString("format", Format);
            writer.WriteNumber("version", Version);
            if (digest is not null)
            {
                writer.WriteString("digest", digest);
            }

            writer.WriteString("kind", kind.Trainer.Name);
            writer.WriteStartArray("features");
            foreach (string feature in predictor.Features)
            {
                writer.WriteStartObject();
                writer.WriteString("name", feature);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            kind.Write(writer, predictor);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string DigestOf(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))[..32];
}
