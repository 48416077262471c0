using System.Text.Json;
using NasEngine.Core.Json;

namespace NasEngine.Predictors;

/// <summary>Lists of numbers in predictor files. Numbers are written so that reading gives the same bits.</summary>
internal static class PredictorJson
{
    public static void WriteNumbers(Utf8JsonWriter writer, string key, IEnumerable<double> numbers)
    {
        writer.WriteStartArray(key);
        foreach (double number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }

    public static double[]? ReadNumbers(JsonObjectReader root, string key, double minimum, double maximum, int count)
    {
        IReadOnlyList<double> numbers = root.Numbers(key, minimum, maximum);
        if (numbers.Count != count)
        {
            root.Fault(key, $"{count} numbers are expected, not {numbers.Count}.");
            return null;
        }

        return [.. numbers];
    }
}
