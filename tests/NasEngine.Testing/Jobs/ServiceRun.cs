using System.Globalization;
using System.Text.Json;
using NasEngine.Core.Jobs;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Background;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Runs;
using NasEngine.Storage;

namespace NasEngine.Testing.Jobs;

/// <summary>A run that the service's workers carry out, watched from outside over the store that it shares with them.</summary>
public sealed class ServiceRun : IAsyncDisposable
{
    private readonly NasStore _store;
    private readonly JobService _service;
    private readonly string _id;

    private ServiceRun(NasStore store, JobService service, string id) => (_store, _service, _id) = (store, service, id);

    /// <summary>Gets the jobs.</summary>
    public JobStores Stores => _service.Stores;

    /// <summary>Starts the run of an experiment; some worker is to carry it out.</summary>
    /// <param name="location">The store.</param>
    /// <param name="place">The folders of the workers.</param>
    /// <param name="experimentFile">The experiment.</param>
    /// <param name="overrides">Values that replace those of the file.</param>
    public static async Task<ServiceRun> StartAsync(string location, NasProcess place, string experimentFile, params KeyValuePair<string, string>[] overrides)
    {
        ArgumentNullException.ThrowIfNull(place);
        (NasStore store, JobService service) = await OpenAsync(location, place).ConfigureAwait(false);
        StartedRun run = await service.StartRunAsync(ExperimentReader.ReadFile(experimentFile, overrides), 0, false, default).ConfigureAwait(false);
        return new ServiceRun(store, service, run.RunId);
    }

    /// <summary>Opens the newest run of a workplace.</summary>
    public static async Task<ServiceRun> OpenAsync(NasProcess place)
    {
        ArgumentNullException.ThrowIfNull(place);
        (NasStore store, JobService service) = await OpenAsync(place.Database, place).ConfigureAwait(false);
        return new ServiceRun(store, service, (await store.Runs.FindRunAsync("latest", default).ConfigureAwait(false))!.Id);
    }

    /// <summary>Gets the service over the run's store.</summary>
    public JobService Service => _service;

    /// <summary>Gets the store.</summary>
    public NasStore Store => _store;

    /// <summary>Gets the run's id.</summary>
    public string Id => _id;

    /// <summary>Gives how far the run is.</summary>
    public async Task<RunState> StateAsync() => (await _store.Runs.FindRunAsync(_id, default).ConfigureAwait(false))!.State;

    /// <summary>Waits until the run has ended.</summary>
    /// <exception cref="TimeoutException">It did not in time; the message lists its jobs.</exception>
    public async Task<RunState> EndAsync(TimeSpan limit)
    {
        long started = TimeProvider.System.GetTimestamp();
        RunState state;
        while ((state = await StateAsync().ConfigureAwait(false)) == RunState.Running)
        {
            if (TimeProvider.System.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"Run {_id} has not ended within {limit}: {await DescribeAsync().ConfigureAwait(false)}");
            }

            await Task.Delay(50).ConfigureAwait(false);
        }

        return state;
    }

    /// <summary>Lists the jobs of the run that have not succeeded.</summary>
    public async Task<string> DescribeAsync() => string.Join(
        "; ", (await Stores.Jobs.ListAsync(new JobQuery { RunId = _id, Limit = 500 }, default).ConfigureAwait(false)).Jobs
            .Where(job => job.State != JobState.Succeeded).Select(job => $"{job.Title}: {job.State} {job.Error}"));

    /// <summary>Gives all that must be the same at the end of two runs, whoever did which part when: front, evaluations, measurements, the training curve.</summary>
    public async Task<string> ResultAsync()
    {
        List<string> lines = [$"run {await StateAsync().ConfigureAwait(false)}"];
        IReadOnlyList<StoredEvaluation> evaluations = await _store.Runs.GetEvaluationsAsync(_id, null, default).ConfigureAwait(false);
        lines.AddRange(evaluations.Select(one => $"{one.Stage}: {one.Genotype} {JsonSerializer.Serialize(one.Metrics.ToDictionary(pair => pair.Key, pair => pair.Value))}").Order(StringComparer.Ordinal));
        lines.AddRange((await _store.Runs.GetMeasurementsAsync(_id, "local", default).ConfigureAwait(false))
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {one.MedianMs:R}")).Order(StringComparer.Ordinal));
        lines.AddRange((await _store.Runs.GetTrainingAsync(_id, default).ConfigureAwait(false)).Select(one => $"training {one.Step} {one.Document}"));
        Experiment experiment = StoredExperiment.Read((await _store.Runs.FindRunAsync(_id, default).ConfigureAwait(false))!);
        lines.Add(FrontFile.Csv(await FrontReader.ReadAsync(_store.Runs, _id, experiment.Objectives, experiment.Constraints, default).ConfigureAwait(false)));
        return string.Join('\n', lines);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static async Task<(NasStore Store, JobService Service)> OpenAsync(string location, NasProcess place)
    {
        Directory.CreateDirectory(place.Results);
        NasStore store = await NasStore.OpenAsync(location).ConfigureAwait(false);
        return (store, new JobService(store.Jobs(TimeProvider.System), store.Runs, new Workplace(RepositoryFiles.Root, place.Home, place.Results), TimeProvider.System));
    }
}
