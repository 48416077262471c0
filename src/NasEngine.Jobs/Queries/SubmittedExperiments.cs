using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NasEngine.Core.Errors;
using NasEngine.Core.Json;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Runs;

namespace NasEngine.Jobs.Queries;

/// <summary>Reads experiments that come from other machines: what they name must be offered here, and no path leads out of the data folder.</summary>
public sealed class SubmittedExperiments
{
    private const string Name = "experiment";
    private const string Replay = "replay:";

    private readonly Workplace _workplace;
    private readonly SpaceLibrary _spaces;

    /// <summary>Initializes the reader.</summary>
    public SubmittedExperiments(Workplace workplace, SpaceLibrary spaces) => (_workplace, _spaces) = (workplace, spaces);

    /// <summary>Reads an experiment.</summary>
    /// <param name="text">JSON; its space stands inside, or is the name of a space of the library.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InputFormatException">The experiment or its space has faults; all are listed.</exception>
    public async Task<Experiment> ReadAsync(string text, CancellationToken cancellationToken)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        StrictJson.Read(Name, bytes, static reader =>
        {
            reader.AllowAnyKey();
            return reader;
        });
        JsonObject root = (JsonObject)JsonNode.Parse(bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes)!;
        List<InputFault> faults = [];
        await ResolveSpaceAsync(root, faults, cancellationToken).ConfigureAwait(false);
        CheckData(root, faults);
        CheckDevices(root, faults);
        Experiment? experiment = faults.Count == 0 ? ExperimentReader.ReadText(Name, Encoding.UTF8.GetBytes(root.ToJsonString())) : null;
        foreach (string device in experiment?.Devices ?? [])
        {
            // A device without an entry is its own form: what objectives call it is checked too.
            if (experiment!.Profile.Devices.GetValueOrDefault(device, device) is { } form && form.StartsWith(Replay, StringComparison.Ordinal) && RecordingPath(form) is null)
            {
                faults.Add(new InputFault("$.objectives", "a recording below the data folder is expected as a device."));
            }
        }

        return faults.Count == 0 ? experiment! : throw new InputFormatException(Name, faults);
    }

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private async Task ResolveSpaceAsync(JsonObject root, List<InputFault> faults, CancellationToken cancellationToken)
    {
        if (TextOf(root["space"]) is not string name)
        {
            return; // an object is read as it stands; anything else the reader complains about
        }

        string wanted = name.StartsWith("../", StringComparison.Ordinal) ? name[3..] : name;
        if (await _spaces.FindAsync(wanted, cancellationToken).ConfigureAwait(false) is SpaceEntry { Problem: null } space)
        {
            root["space"] = JsonNode.Parse(space.Text.TrimStart('\uFEFF'));
        }
        else
        {
            faults.Add(new InputFault("$.space", "a space itself, or the name of one that is offered here is expected."));
        }
    }

    private void CheckData(JsonObject root, List<InputFault> faults)
    {
        CheckDataName(root["data"] as JsonObject, "name", "$.data.name", faults);
        CheckDataName((root["space"] as JsonObject)?["task"] as JsonObject, "data", "$.space.task.data", faults);
    }

    // A data set with a name has no folder in it; one with a folder must lie in the folder of data sets.
    private void CheckDataName(JsonObject? section, string key, string place, List<InputFault> faults)
    {
        if (section is null || TextOf(section[key]) is not string name)
        {
            return;
        }

        if (name.AsSpan().ContainsAny('\\', '\0') || name is "." or ".." || (name.Contains('/', StringComparison.Ordinal) && !FolderBounds.IsInside(_workplace.Data, Path.GetFullPath(name, _workplace.Data))))
        {
            faults.Add(new InputFault(place, "the name of a data set is expected, or a folder below the folder of data sets."));
        }
        else if (name.Contains('/', StringComparison.Ordinal))
        {
            section[key] = Path.GetFullPath(name, _workplace.Data);
        }
    }

    private void CheckDevices(JsonObject root, List<InputFault> faults)
    {
        if ((root["profile"] as JsonObject)?["devices"] is not JsonObject devices)
        {
            return;
        }

        foreach ((string name, JsonNode? form) in devices.ToArray())
        {
            if (TextOf(form) is not string text || !text.StartsWith(Replay, StringComparison.Ordinal))
            {
                continue;
            }

            if (RecordingPath(text) is string full)
            {
                devices[name] = Replay + full;
            }
            else
            {
                faults.Add(new InputFault($"$.profile.devices.{name}", "a recording below the data folder is expected."));
            }
        }
    }

    private string? RecordingPath(string form)
    {
        string file = form[Replay.Length..];
        string? full = file.Length == 0 || file.Contains('\0', StringComparison.Ordinal) ? null : Path.GetFullPath(file, _workplace.Home);
        return full is not null && (FolderBounds.IsInside(_workplace.Home, full) || FolderBounds.IsInside(_workplace.Results, full)) ? full : null;
    }
}
