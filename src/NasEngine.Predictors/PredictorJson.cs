using System.Globalization;
using System.Text;
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

    /// <summary>Writes a list of numbers without line breaks; reading gives the same bits.</summary>
    public static void WriteLine(Utf8JsonWriter writer, string key, IEnumerable<double> numbers)
    {
        StringBuilder text = new("[");
        foreach (double number in numbers)
        {
            text.Append(text.Length > 1 ? "," : string.Empty).Append(number.ToString("R", CultureInfo.InvariantCulture));
        }

        writer.WritePropertyName(key);
        writer.WriteRawValue(text.Append(']').ToString(), skipInputValidation: true);
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
