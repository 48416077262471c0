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
            ColumnViewJson.Write(writer, member.View);
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
        MonotoneMap? map = ColumnViewJson.ReadMap(root, "targetValues", "targetScores", mayBeEmpty: true);
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
        ColumnView? view = ColumnViewJson.Read(entry, features.Count);
        if (entry.Object("predictor", required: true) is not JsonObjectReader inner || view is null || entry.HasFaults)
        {
            return null;
        }

        return _members.Find(kind).Read(inner, [.. view.Columns.Select(column => features[column])]) is IPredictor predictor
            ? new EnsembleMember(view, givesScores, predictor, weight)
            : null;
    }
}
