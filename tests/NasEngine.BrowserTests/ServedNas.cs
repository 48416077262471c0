using System.Diagnostics;
using System.Text.Json.Nodes;
using NasEngine.Testing;
using NasEngine.Testing.Jobs;

namespace NasEngine.BrowserTests;

/// <summary><c>nas serve</c> as a process of its own, on a free port, with empty folders; and the images and latencies of a small experiment where it may read them.</summary>
internal sealed class ServedNas : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly NasProcess _nas;
    private readonly Process _process;
    private readonly Task<string> _errors;

    private ServedNas(NasProcess nas, Process process, Uri address)
    {
        _nas = nas;
        _process = process;
        Address = address;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Gets where the service answers.</summary>
    public Uri Address { get; }

    /// <summary>Gets the folder of its data.</summary>
    public string Home => _nas.Home;

    /// <summary>Gets the file of its store.</summary>
    public string Database => _nas.Database;

    private SmallExperiment Experiment { get; init; } = null!;

    /// <summary>Starts the service and waits until it listens.</summary>
    /// <param name="fill">Fills its store before it starts.</param>
    /// <param name="options">Options of <c>nas serve</c> besides the port.</param>
    public static async Task<ServedNas> StartAsync(Func<NasProcess, Task>? fill = null, params string[] options)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nas-pages-");
        NasProcess nas = new(folder.FullName);
        SmallExperiment experiment = new(Path.Combine(folder.FullName, "experiment"));
        Directory.CreateDirectory(Path.Combine(nas.Home, "data"));
        Directory.Move(experiment.Data, Path.Combine(nas.Home, "data", "small"));
        File.Copy(experiment.Recording, Path.Combine(nas.Home, "latencies.jsonl"));
        nas.Environs["NAS_WEB_MODULES"] = WebModules;
        if (fill is not null)
        {
            await fill(nas);
        }

        Process process = nas.Start(["serve", "--port", "0", .. options]);
        try
        {
            return new ServedNas(nas, process, await AddressOfAsync(process)) { Experiment = experiment };
        }
        catch (Exception)
        {
            process.Kill(entireProcessTree: true);
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Gives the small experiment as one file, with the names that the service offers for its images and latencies.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="change">Changes it.</param>
    public string ExperimentText(string name = "small", Action<JsonObject>? change = null)
    {
        JsonObject experiment = JsonNode.Parse(File.ReadAllText(Experiment.File))!.AsObject();
        experiment["name"] = name;
        experiment["space"] = JsonNode.Parse(File.ReadAllText(Experiment.Space));
        experiment["data"]!["name"] = "./small";
        experiment["profile"]!["devices"]!["local"] = "replay:latencies.jsonl";
        change?.Invoke(experiment);
        return experiment.ToJsonString();
    }

    /// <summary>Starts a run of the small experiment without the pages.</summary>
    /// <returns>The run's id.</returns>
    public async Task<string> StartRunAsync(IAPIRequestContext api, string name, Action<JsonObject> change)
    {
        IAPIResponse answer = await api.PostAsync("/api/v1/runs", new() { DataObject = new JsonObject { ["experiment"] = JsonNode.Parse(ExperimentText(name, change)) } });
        return (await answer.JsonAsync())!.Value.GetProperty("runId").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            NasProcess.Interrupt(_process);
            await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(10)));
        }

        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await TestContext.Out.WriteLineAsync(await _errors);
        _process.Dispose();
        Directory.Delete(_nas.Folder, recursive: true);
    }

    private static string WebModules => Environment.GetEnvironmentVariable("NAS_WEB_MODULES") is { Length: > 0 } named ? named : RepositoryFiles.PathOf("src/NasEngine.Web/node_modules");

    // Logs may stand before the line that says where it listens; they are read on, so that the process never waits for a reader.
    private static async Task<Uri> AddressOfAsync(Process process)
    {
        const string Listening = "listening on ";
        using CancellationTokenSource limit = new(StartLimit);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is string line)
        {
            if (line.StartsWith(Listening, StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new Uri(line[Listening.Length..].Trim());
            }
        }

        throw new InvalidOperationException($"The service ended before it listened: {await process.StandardError.ReadToEndAsync(CancellationToken.None)}");
    }
}
