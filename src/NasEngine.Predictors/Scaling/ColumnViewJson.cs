using System.Text.Json;
using NasEngine.Core.Json;

namespace NasEngine.Predictors.Scaling;

/// <summary>Views and maps in predictor files.</summary>
internal static class ColumnViewJson
{
    public static void Write(Utf8JsonWriter writer, ColumnView view)
    {
        PredictorJson.WriteLine(writer, "columns", view.Columns.Select(static column => (double)column));
        writer.WriteStartArray("rescaled");
        for (int place = 0; place < view.Maps.Length; place++)
        {
            if (view.Maps[place] is MonotoneMap map)
            {
                writer.WriteStartObject();
                writer.WriteNumber("place", place);
                PredictorJson.WriteLine(writer, "values", map.Values);
                PredictorJson.WriteLine(writer, "scores", map.Scores);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    }

    public static ColumnView? Read(JsonObjectReader entry, int features)
    {
        int[] columns = [.. entry.Numbers("columns", 0, features - 1).Select(static number => (int)number)];
        if (columns.Length == 0 || columns.Distinct().Count() != columns.Length)
        {
            entry.Fault("columns", "numbers of columns are expected, each once.");
            return null;
        }

        MonotoneMap?[] maps = new MonotoneMap?[columns.Length];
        foreach (JsonObjectReader rescaled in entry.Objects("rescaled", required: true))
        {
            int place = (int)rescaled.Integer("place", 0, columns.Length - 1);
            MonotoneMap? map = ReadMap(rescaled, "values", "scores", mayBeEmpty: false);
            if (!entry.HasFaults)
            {
                maps[place] = map;
            }
        }

        return entry.HasFaults ? null : new ColumnView(columns, maps);
    }

    public static MonotoneMap? ReadMap(JsonObjectReader entry, string valuesKey, string scoresKey, bool mayBeEmpty)
    {
        IReadOnlyList<double> values = entry.Numbers(valuesKey, double.MinValue, double.MaxValue);
        IReadOnlyList<double> scores = entry.Numbers(scoresKey, double.MinValue, double.MaxValue);
        if (mayBeEmpty && values.Count == 0 && scores.Count == 0)
        {
            return null;
        }

        if (values.Count != scores.Count || !MonotoneMap.IsRising(values) || !MonotoneMap.IsRising(scores))
        {
            entry.Fault(valuesKey, $"two or more ascending numbers are expected, and as many ascending ones in {scoresKey}.");
            return null;
        }

        return new MonotoneMap([.. values], [.. scores]);
    }
}
