using System.Globalization;
using System.IO.Compression;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Storage;

namespace NasEngine.Testing.Storage;

/// <summary>A store with something of everything, also what is rare: equal measurements, values that are no numbers, texts in other scripts.</summary>
public static class TransferSample
{
    /// <summary>Fills an empty store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="folder">Where files may be made.</param>
    public static async Task FillAsync(NasStore store, string folder)
    {
        await store.Runs.PutSpaceAsync("f", "small", """{"a":1}""", default);
        await store.Runs.PutSpaceAsync("f", "small", """{"a":2}""", default);
        foreach ((string id, RunState state) in new[] { ("z", RunState.Done), ("a", RunState.Running), ("käse 🙂", RunState.Failed) })
        {
            await FillRunAsync(store.Runs, id, state);
        }

        await store.Runs.AddRunAsync(Run("removed", RunState.Done), default);
        await store.Runs.AppendMeasurementsAsync("removed", [Measurement(7)], default);
        await store.Runs.DeleteRunAsync("removed", default);
        foreach (int length in new[] { 0, 5, 2_500_000 })
        {
            byte[] content = new byte[length];
            new Random(length).NextBytes(content);
            string file = Path.Combine(folder, "content");
            await File.WriteAllBytesAsync(file, content);
            await store.Blobs.PutAsync(file, default);
        }
    }

    /// <summary>Exports a store and gives the lines of the file.</summary>
    public static async Task<string[]> ExportAsync(NasStore store, string path)
    {
        await store.ExportAsync(path, default);
        return ReadLines(path);
    }

    /// <summary>Gives the lines of an exported file.</summary>
    public static string[] ReadLines(string path)
    {
        using GZipStream packed = new(File.OpenRead(path), CompressionMode.Decompress);
        using StreamReader reader = new(packed);
        return reader.ReadToEnd().Split('\n');
    }

    /// <summary>Writes lines as an exported file.</summary>
    public static void WriteLines(string path, IEnumerable<string> lines)
    {
        using GZipStream packed = new(File.Create(path), CompressionLevel.Fastest);
        using StreamWriter writer = new(packed);
        writer.Write(string.Join('\n', lines));
    }

    private static async Task FillRunAsync(IRunStore runs, string id, RunState state)
    {
        await runs.AddRunAsync(Run(id, state), default);
        await runs.TrySetNoteAsync(id, "first line\nsecond \"line\" 🙂", 0, DateTimeOffset.UnixEpoch.AddTicks(5), default);
        await runs.TrySetNoteAsync(id, state == RunState.Done ? string.Empty : $"of {id}\nKÄSE", 1, DateTimeOffset.UnixEpoch.AddTicks(6), default);
        await runs.PutStepAsync(id, new StepRecord("train", "k", """{"loss":0.1}""", DateTimeOffset.UnixEpoch.AddTicks(3)), default);
        await runs.PutStepAsync(id, new StepRecord("fit", "k", "{}", DateTimeOffset.UnixEpoch.AddTicks(3)), default);
        await runs.AppendEvaluationsAsync(id, "verify", [("zz", new MetricSet(("accuracy", double.NaN), ("x", double.PositiveInfinity))), ("aa", new MetricSet(("accuracy", 1.0 / 3)))], default);
        await runs.AppendEvaluationsAsync(
            id, "search", [.. Enumerable.Range(0, 2300).Select(i => ($"g{(i * 7919) % 2300}", new MetricSet(("accuracy", i / 2300.0), ("latency@local", 1 + (i % 17)))))], default);
        await runs.AppendMeasurementsAsync(id, [Measurement(2), Measurement(1), Measurement(2), Measurement(double.NaN), Measurement(double.PositiveInfinity)], default);
        await runs.PutPredictorAsync(id, new StoredPredictor("accuracy", "ridge", "k", "[1,2]", """{"tau":0.9}"""), default);
        await runs.PutArtefactAsync(id, new Artefact("model.onnx", "model", "model.onnx", new string('a', 64), long.MaxValue, "{}"), default);
    }

    private static RunRecord Run(string id, RunState state) =>
        new(id, string.Create(CultureInfo.InvariantCulture, $"name of {id}"), "space", "f", """{"text":"line\nbreak \" \\ é"}""", long.MinValue, state, DateTimeOffset.UnixEpoch.AddTicks(1), "{}");

    private static StoredMeasurement Measurement(double ms) => new("g", "local", "cpu", ms, ms, ms, """{"blocks":[1]}""", DateTimeOffset.UnixEpoch.AddTicks(9));
}
