using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Runs;
using NasEngine.Training.Strategies;

namespace NasEngine.Jobs.Steps;

/// <summary>Keeps the curve of a training in the store while it grows, so that others can watch it. It writes beside the training, about once a second.</summary>
/// <remarks>What is stored follows the training: once it goes on from a checkpoint, later points that it had left behind are replaced. Disposing writes the rest.</remarks>
internal sealed class TrainingRecorder : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly IRunStore _store;
    private readonly string _runId;
    private readonly string _key;
    private readonly IReadOnlyList<StoredTrainingPoint> _stored;
    private readonly RegularWriter _writing;
    private List<TrainingPoint> _points = [];
    private long? _after;

    private TrainingRecorder(IRunStore store, string runId, string key, IReadOnlyList<StoredTrainingPoint> stored, TimeProvider time)
    {
        (_store, _runId, _key, _stored) = (store, runId, key, stored);
        _writing = new RegularWriter(FlushAsync, Interval, time);
    }

    /// <summary>Opens the curve of a run.</summary>
    /// <param name="store">The store.</param>
    /// <param name="runId">The run.</param>
    /// <param name="key">A digest of what goes into the training.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<TrainingRecorder> OpenAsync(IRunStore store, string runId, string key, TimeProvider time, CancellationToken cancellationToken) =>
        new(store, runId, key, await store.GetTrainingAsync(runId, cancellationToken).ConfigureAwait(false), time);

    /// <summary>Says where the training begins, or goes on: what is stored becomes the same.</summary>
    /// <param name="step">The steps that are done.</param>
    /// <param name="curve">The curve so far.</param>
    public void Begin(long step, IReadOnlyList<TrainingPoint> curve)
    {
        int same = _stored.Zip(curve).TakeWhile(pair => pair.First.Key == _key && pair.First.Step == pair.Second.Step).Count();
        if (same == curve.Count && same == _stored.Count)
        {
            return;
        }

        lock (_lock)
        {
            _after = same == curve.Count ? step : same == 0 ? -1 : curve[same - 1].Step;
            _points.AddRange(curve.Skip(same));
        }
    }

    /// <summary>Adds a point.</summary>
    public void Add(TrainingPoint point)
    {
        lock (_lock)
        {
            _after ??= point.Step - 1;
            _points.Add(point);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _writing.DisposeAsync();

    private async Task FlushAsync()
    {
        List<TrainingPoint> points;
        long after;
        lock (_lock)
        {
            if (_after is not long known)
            {
                return;
            }

            (after, _after, points, _points) = (known, null, _points, []);
        }

        try
        {
            await _store.PutTrainingAsync(
                _runId, _key, after, [.. points.Select(point => new StoredTrainingPoint(_key, point.Step, JsonSerializer.Serialize(point, JsonSerializerOptions.Web)))], CancellationToken.None).ConfigureAwait(false);
        }
        catch (NasException)
        {
            // The training goes on without those who watch it; a store that is really gone is noticed where results are written.
            lock (_lock)
            {
                _after = after;
                _points.InsertRange(0, points);
            }
        }
    }
}
