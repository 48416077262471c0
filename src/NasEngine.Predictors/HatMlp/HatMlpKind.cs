using System.Runtime.InteropServices;
using System.Text.Json;
using NasEngine.Core.Json;
using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.HatMlp;

/// <summary>Registers [HAT]'s network.</summary>
internal sealed class HatMlpKind : IPredictorKind
{
    private const int MostWidth = 4096;

    public IPredictorTrainer Trainer { get; } = new HatMlpTrainer();

    public void Write(Utf8JsonWriter writer, IPredictor predictor)
    {
        HatMlpPredictor own = (HatMlpPredictor)predictor;
        writer.WriteNumber("scale", own.Scale);
        PredictorJson.WriteNumbers(writer, "divisors", own.Divisors);
        writer.WriteNumber("width", own.Width);
        writer.WriteStartArray("layers");
        foreach (float[] layer in own.Layers)
        {
            writer.WriteStartObject();
            writer.WriteString("weights", Convert.ToBase64String(MemoryMarshal.AsBytes(layer.AsSpan())));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public IPredictor? Read(JsonObjectReader root, IReadOnlyList<string> features)
    {
        double scale = root.Number("scale", double.Epsilon, double.MaxValue);
        double[]? divisors = PredictorJson.ReadNumbers(root, "divisors", double.Epsilon, double.MaxValue, features.Count);
        int width = (int)root.Integer("width", 1, MostWidth);
        List<float[]> layers = [];
        IReadOnlyList<JsonObjectReader> written = root.Objects("layers", required: true);
        if (written.Count < 2)
        {
            root.Fault("layers", "at least 2 are expected.");
        }

        for (int layer = 0; layer < written.Count; layer++)
        {
            int inputs = layer == 0 ? features.Count : width;
            int outputs = layer == written.Count - 1 ? 1 : width;
            byte[] bytes = new byte[(inputs + 1) * outputs * sizeof(float)];
            if (!Convert.TryFromBase64String(written[layer].Text("weights"), bytes, out int length) || length != bytes.Length)
            {
                written[layer].Fault("weights", $"{bytes.Length / sizeof(float)} numbers of 32 bits in base64 are expected.");
                continue;
            }

            layers.Add(MemoryMarshal.Cast<byte, float>(bytes).ToArray());
        }

        if (layers.Any(layer => !layer.All(float.IsFinite)))
        {
            root.Fault("layers", "every weight must be finite.");
        }

        return divisors is null || root.HasFaults ? null : new HatMlpPredictor(features, divisors, scale, width, [.. layers]);
    }
}
