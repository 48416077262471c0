using System.Text.Json;
using NasEngine.Core.Json;
using NasEngine.Core.Predictors;
using NasEngine.Predictors.Scaling;

namespace NasEngine.Predictors.Ensemble;

/// <summary>Registers ensembles of other kinds.</summary>
internal sealed class EnsembleKind : IPredictorKind
{
    private readonly PredictorRegistry _members;

    /// <summary>Initializes the kind.</summary>
    /// <param name="members">The kinds that an ensemble may hold.</param>
    public EnsembleKind(IReadOnlyList<IPredictorKind> members)
    {
        _members = new PredictorRegistry(members);
        Trainer = new EnsembleTrainer(_members.Trainers);
    }

    public IPredictorTrainer Trainer { get; }

    public void Write(Utf8JsonWriter writer, IPredictor predictor)
    {
        EnsemblePredictor own = (EnsemblePredictor)predictor;
        writer.WriteBoolean("addsScores", own.AddsScores);
        writer.WriteNumber("constant", own.Constant);
        PredictorJson.WriteLine(writer, "targetValues", own.Map?.Values ?? []);
        PredictorJson.WriteLine(writer, "targetScores", own.Map?.Scores ?? []);
        writer.WriteStartArray("members");
        foreach (EnsembleMember member in own.Members)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", member.Predictor.Kind);
            writer.WriteNumber("weight", member.Weight);
            writer.WriteBoolean("givesScores", member.GivesScores);
            PredictorJson.WriteLine(writer, "columns", member.View.Columns.Select(static column => (double)column));
            writer.WriteStartArray("rescaled");
            foreach ((MonotoneMap? map, int place) in member.View.Maps.Select(static (map, place) => (map, place)).Where(static pair => pair.map is not null))
            {
                writer.WriteStartObject();
                writer.WriteNumber("place", place);
                PredictorJson.WriteLine(writer, "values", map!.Values);
                PredictorJson.WriteLine(writer, "scores", map.Scores);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartObject("predictor");
            _members.Find(member.Predictor.Kind).Write(writer, member.Predictor);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public IPredictor? Read(JsonObjectReader root, IReadOnlyList<string> features)
    {
        bool addsScores = root.Flag("addsScores", false);
        double constant = root.Number("constant", double.MinValue, double.MaxValue);
        MonotoneMap? map = root.Has("targetValues") ? ReadMap(root, "targetValues", "targetScores", mayBeEmpty: true) : null;
        EnsembleMember?[] members = [.. root.Objects("members", required: true).Select(entry => ReadMember(entry, features))];
        if (members.Length == 0)
        {
            root.Fault("members", "at least one is expected.");
        }

        return root.HasFaults ? null : new EnsemblePredictor([.. features], map, addsScores, constant, [.. members.Select(static member => member!)]);
    }

    private EnsembleMember? ReadMember(JsonObjectReader entry, IReadOnlyList<string> features)
    {
        string kind = entry.Text("kind", allowed: _members.Names);
        double weight = entry.Number("weight", 0, double.MaxValue);
        bool givesScores = entry.Flag("givesScores", false);
        int[] columns = [.. entry.Numbers("columns", 0, features.Count - 1).Select(static number => (int)number)];
        MonotoneMap?[] maps = new MonotoneMap?[columns.Length];
        foreach (JsonObjectReader rescaled in entry.Objects("rescaled", required: true))
        {
            long place = rescaled.Integer("place", 0, Math.Max(0, columns.Length - 1));
            MonotoneMap? map = ReadMap(rescaled, "values", "scores", mayBeEmpty: false);
            if (place < maps.Length)
            {
                maps[place] = map;
            }
        }

        if (columns.Length == 0 || columns.Distinct().Count() != columns.Length)
        {
            entry.Fault("columns", "numbers of columns are expected, each once.");
        }

        if (entry.Object("predictor", required: true) is not JsonObjectReader inner || entry.HasFaults)
        {
            return null;
        }

        return _members.Find(kind).Read(inner, [.. columns.Select(column => features[column])]) is IPredictor predictor
            ? new EnsembleMember(new ColumnView(columns, maps), givesScores, predictor, weight)
            : null;
    }

    private static MonotoneMap? ReadMap(JsonObjectReader entry, string valuesKey, string scoresKey, bool mayBeEmpty)
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
