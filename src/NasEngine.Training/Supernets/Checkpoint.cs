using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Spaces;
using NasEngine.Training.Strategies;

namespace NasEngine.Training.Supernets;

/// <summary>Reads and writes checkpoints: weights, optimiser state, step and curve in one safetensors file.</summary>
/// <remarks>Written atomically, with digests over tensors and texts: a file is whole or is refused.</remarks>
public static class Checkpoint
{
    private const string Format = "nasengine-checkpoint-1";
    private const string OptimizerPrefix = "optimizer.";
    private const string WayOut = "Delete it, and the training starts again; or put a copy in its place.";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="path">The file; an existing one is replaced in one go.</param>
    /// <param name="key">A digest of what goes into the training; <see cref="TryRestore"/> asks for the same.</param>
    /// <param name="supernet">The weights.</param>
    /// <param name="trainer">The state.</param>
    /// <exception cref="WorkFailedException">The file cannot be written.</exception>
    public static void Write(string path, string key, Supernet supernet, SandwichTrainer trainer)
    {
        ArgumentNullException.ThrowIfNull(supernet);
        ArgumentNullException.ThrowIfNull(trainer);
        string state = JsonSerializer.Serialize(new State(key, supernet.Space.Fingerprint, trainer.Step, trainer.Curve), Json);
        Dictionary<string, string> metadata = new() { ["format"] = Format, ["state"] = state, ["stateDigest"] = Digest(state) };
        using DisposeScope scope = NewDisposeScope();
        IEnumerable<KeyValuePair<string, Tensor>> tensors = supernet.Specs.Select(spec => KeyValuePair.Create(spec.Name, supernet[spec.Name].detach()))
            .Concat(trainer.OptimizerState.Select(pair => KeyValuePair.Create(OptimizerPrefix + pair.Key, pair.Value)));
        try
        {
            SafeTensors.WriteAtomic(path, tensors, metadata);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new WorkFailedException($"The checkpoint {path} cannot be written: {problem.Message}", problem);
        }
    }

    /// <summary>Sets a supernet and its trainer to a checkpoint, if there is one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The digest that the checkpoint was written with.</param>
    /// <param name="supernet">Receives the weights.</param>
    /// <param name="trainer">Receives the state.</param>
    /// <returns><see langword="false"/> if there is no file, or one of another training.</returns>
    /// <exception cref="DamagedFileException">The file is damaged.</exception>
    public static bool TryRestore(string path, string key, Supernet supernet, SandwichTrainer trainer)
    {
        ArgumentNullException.ThrowIfNull(supernet);
        ArgumentNullException.ThrowIfNull(trainer);
        if (!File.Exists(path))
        {
            return false;
        }

        (State state, Dictionary<string, Tensor> tensors) = Read(path);
        using DisposeScope scope = NewDisposeScope();
        foreach (Tensor tensor in tensors.Values)
        {
            scope.Attach(tensor);
        }

        if (state.Key != key)
        {
            return false;
        }

        try
        {
            Dictionary<string, Tensor> optimizer = tensors.Where(pair => pair.Key.StartsWith(OptimizerPrefix, StringComparison.Ordinal))
                .ToDictionary(pair => pair.Key[OptimizerPrefix.Length..], pair => pair.Value);
            // Everything is looked at before anything is changed: whoever goes on after an error goes on with what was there.
            using Supernet saved = Supernet.FromTensors(supernet.Space, tensors);
            trainer.Restore(state.Step, optimizer, state.Curve);
            using (no_grad())
            {
                foreach (string name in supernet.Specs.Select(spec => spec.Name))
                {
                    supernet[name].copy_(saved[name]);
                }
            }

            return true;
        }
        catch (Exception problem) when (problem is KeyNotFoundException or ArgumentException or TorchException)
        {
            throw new DamagedFileException(path, $"it does not hold the state of this training ({problem.Message.Split('\n')[0]}).", WayOut, problem);
        }
    }

    /// <summary>Finds how far a training had come when its checkpoint was written.</summary>
    /// <returns>The step, or <see langword="null"/> if there is no whole checkpoint of this training.</returns>
    public static long? FindStep(string path, string key)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using SafeTensorsFile file = SafeTensors.Open(path);
            State? state = file.Metadata.TryGetValue("state", out string? text) ? JsonSerializer.Deserialize<State>(text, Json) : null;
            return state?.Key == key ? state.Step : null;
        }
        catch (Exception problem) when (problem is SafeTensorsException or JsonException or IOException)
        {
            return null;
        }
    }

    /// <summary>Reads the weights of a checkpoint for evaluation and export.</summary>
    /// <exception cref="DamagedFileException">The file is damaged, or of another space.</exception>
    /// <exception cref="UsageException">There is no such file.</exception>
    public static Supernet ReadWeights(string path, SearchSpace space, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        if (!File.Exists(path))
        {
            throw new UsageException($"There is no checkpoint {path}.");
        }

        (State state, Dictionary<string, Tensor> tensors) = Read(path);
        using DisposeScope scope = NewDisposeScope();
        foreach (Tensor tensor in tensors.Values)
        {
            scope.Attach(tensor);
        }

        if (state.Space != space.Fingerprint)
        {
            throw new DamagedFileException(path, $"it holds a supernet of another space than '{space.Name}'.", "Name the checkpoint that was trained on this space.");
        }

        try
        {
            return Supernet.FromTensors(space, tensors, device);
        }
        catch (ArgumentException problem)
        {
            throw new DamagedFileException(path, problem.Message, WayOut, problem);
        }
    }

    private static (State State, Dictionary<string, Tensor> Tensors) Read(string path)
    {
        try
        {
            using SafeTensorsFile file = SafeTensors.Open(path);
            if (!file.Metadata.TryGetValue("format", out string? format) || format != Format)
            {
                throw new DamagedFileException(path, "it is no checkpoint of NasEngine.", WayOut);
            }

            if (!file.Metadata.TryGetValue("state", out string? text) || !file.Metadata.TryGetValue("stateDigest", out string? digest) || Digest(text) != digest || !file.Metadata.ContainsKey("sha256"))
            {
                throw new DamagedFileException(path, "its description does not match its digest.", WayOut);
            }

            State state = JsonSerializer.Deserialize<State>(text, Json)!;
            return (state, file.Entries.ToDictionary(entry => entry.Name, entry => file.Read(entry.Name), StringComparer.Ordinal));
        }
        catch (Exception problem) when (problem is SafeTensorsException or JsonException or IOException or UnauthorizedAccessException)
        {
            throw new DamagedFileException(path, (problem is SafeTensorsException known ? known.Fault : problem.Message).TrimEnd('.') + ".", WayOut, problem);
        }
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed record State(string Key, string Space, long Step, IReadOnlyList<TrainingPoint> Curve);
}
