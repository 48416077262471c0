using System.Globalization;
using NasEngine.Core.Jobs;
using NasEngine.Core.Progress;
using NasEngine.Jobs.Runs;

namespace NasEngine.Jobs.Background;

/// <summary>Writes what a job says, and how far it is, into the store: about twice a second, however often it speaks.</summary>
/// <remarks>Thread-safe. Disposing writes the rest.</remarks>
internal sealed class JobConsole : IProgressSink, IAsyncDisposable
{
    /// <summary>How often it writes.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private const int MaxLine = 2000;
    private const int MaxPending = 5000;

    private readonly Lock _lock = new();
    private readonly IJobLog _log;
    private readonly string _jobId;
    private readonly TimeProvider _time;
    private readonly RegularWriter _writing;
    private readonly Dictionary<int, JobProgress> _changed = [];
    private List<(DateTimeOffset At, string Text)> _lines = [];
    private int _bars;

    /// <summary>Initializes the console of a job.</summary>
    public JobConsole(IJobLog log, string jobId, TimeProvider time)
    {
        (_log, _jobId, _time) = (log, jobId, time);
        _writing = new RegularWriter(FlushAsync, Interval, time);
    }

    /// <inheritdoc/>
    public IProgressTask Start(string title, long total, string unit, long done = 0)
    {
        lock (_lock)
        {
            Bar bar = new(this, _bars++, title, total, unit);
            bar.Report(done);
            return bar;
        }
    }

    /// <inheritdoc/>
    public void Say(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        lock (_lock)
        {
            foreach (string part in line.ReplaceLineEndings("\n").Split('\n').TakeWhile(_ => _lines.Count < MaxPending))
            {
                string text = part.Replace('\0', ' ');
                _lines.Add((_time.GetUtcNow(), text.Length <= MaxLine ? text : string.Create(CultureInfo.InvariantCulture, $"{text[..MaxLine]} … ({text.Length - MaxLine} more)")));
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _writing.DisposeAsync();

    private async Task FlushAsync()
    {
        List<(DateTimeOffset At, string Text)> lines;
        List<JobProgress> bars;
        lock (_lock)
        {
            if (_lines.Count == 0 && _changed.Count == 0)
            {
                return;
            }

            (lines, _lines) = (_lines, []);
            bars = [.. _changed.Values];
            _changed.Clear();
        }

        try
        {
            await _log.WriteAsync(_jobId, lines, bars, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Core.Errors.NasException)
        {
            // The work goes on without its console; a store that is really gone is noticed where results are written.
            lock (_lock)
            {
                _lines.InsertRange(0, lines.Take(MaxPending - Math.Min(MaxPending, _lines.Count)));
            }
        }
    }

    private void Change(JobProgress bar)
    {
        lock (_lock)
        {
            _changed[bar.Number] = bar;
        }
    }

    private sealed class Bar(JobConsole console, int number, string title, long total, string unit) : IProgressTask
    {
        public void Report(long done, string? note = null) => console.Change(new JobProgress(number, title, done, total, unit, note));

        public void Dispose()
        {
        }
    }
}
