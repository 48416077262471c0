using System.Globalization;
using NasEngine.Core.Progress;

namespace NasEngine.Cli.Terminal;

/// <summary>Shows progress on standard error: a bar that moves on a terminal, a plain line now and then elsewhere.</summary>
internal sealed class ConsoleProgress(TextWriter error, bool isTerminal, TimeProvider time) : IProgressSink
{
    private const int BarWidth = 24;

    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private int _shown;

    public IProgressTask Start(string title, long total, string unit, long done = 0) => new Bar(this, title, total, unit, done);

    public void Say(string line)
    {
        lock (_lock)
        {
            Clear();
            error.WriteLine(line);
        }
    }

    private void Clear()
    {
        if (_shown > 0)
        {
            error.Write('\r' + new string(' ', _shown) + '\r');
            _shown = 0;
        }
    }

    private void Show(string line, bool isLast)
    {
        lock (_lock)
        {
            if (!isTerminal || isLast)
            {
                Clear();
                error.WriteLine(line);
                return;
            }

            int width = Math.Max(20, Console.WindowWidth - 1);
            string cut = line.Length > width ? line[..width] : line;
            error.Write('\r' + cut.PadRight(_shown));
            _shown = cut.Length;
            error.Flush();
        }
    }

    private sealed class Bar : IProgressTask
    {
        private readonly ConsoleProgress _owner;
        private readonly string _title;
        private readonly long _total;
        private readonly string _unit;
        private readonly long _first;
        private readonly long _started;
        private long _done;
        private long _shownAt;
        private long _shownDone = -1;
        private string? _note;

        public Bar(ConsoleProgress owner, string title, long total, string unit, long done)
        {
            (_owner, _title, _total, _unit, _first, _done) = (owner, title, total, unit, done, done);
            _started = _shownAt = Now;
            if (!owner.IsTerminal)
            {
                owner.Show(string.Create(CultureInfo.InvariantCulture, $"{title}: {done} of {total} {unit}s"), isLast: false);
            }
        }

        private long Now => _owner.Time.GetTimestamp();

        public void Report(long done, string? note = null)
        {
            (_done, _note) = (done, note ?? _note);
            if (_owner.Time.GetElapsedTime(_shownAt) >= (_owner.IsTerminal ? TerminalInterval : PlainInterval))
            {
                (_shownAt, _shownDone) = (Now, done);
                _owner.Show(Line(), isLast: false);
            }
        }

        public void Dispose()
        {
            if (_owner.IsTerminal || _shownDone != _done)
            {
                _owner.Show(Line(), isLast: true);
            }
        }

        private string Line()
        {
            double seconds = _owner.Time.GetElapsedTime(_started).TotalSeconds;
            double rate = seconds > 0 ? (_done - _first) / seconds : 0;
            string left = rate > 0 && _done < _total ? $", {Duration((_total - _done) / rate)} left" : $", {Duration(seconds)}";
            int filled = _total > 0 ? (int)Math.Clamp(BarWidth * _done / _total, 0, BarWidth) : BarWidth;
            string bar = _owner.IsTerminal ? $" [{new string('#', filled)}{new string('.', BarWidth - filled)}]" : ":";
            return string.Create(CultureInfo.InvariantCulture, $"{_title}{bar} {_done}/{_total} {_unit}s, {rate:0.#}/s{left}{(_note is null ? string.Empty : $", {_note}")}");
        }

        private static string Duration(double seconds) => seconds < 60
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(long)seconds / 60}:{(long)seconds % 60:00} min");
    }

    private bool IsTerminal => isTerminal;

    private TimeProvider Time => time;
}
