using NasEngine.Core.Jobs;
using NasEngine.Core.Progress;
using NasEngine.Jobs.Background;

namespace NasEngine.UnitTests.Jobs.Background;

internal sealed class JobConsoleTests
{
    [Test]
    public async Task Report_ManyTimesBetweenTwoWrites_StoresTheLast()
    {
        RecordingLog log = new();
        JobConsole console = new(log, "job", TimeProvider.System);
        await using (console)
        {
            using IProgressTask first = console.Start("train", 10_000, "step"), second = console.Start("test", 5, "subnet", 2);
            for (int step = 1; step <= 10_000; step++)
            {
                first.Report(step, "loss");
            }

            console.Say("one\ntwo\0" + new string('x', 5000));
        }

        Assert.That(log.Bars.Values, Is.EquivalentTo((JobProgress[])[new JobProgress(0, "train", 10_000, 10_000, "step", "loss"), new JobProgress(1, "test", 2, 5, "subnet", null)]));
        Assert.That(log.Writes, Is.LessThan(20));
        Assert.That(log.Lines[0], Is.EqualTo("one"));
        Assert.That(log.Lines[1], Has.Length.LessThan(2100).And.StartsWith("two xxx").And.EndsWith("more)"));
    }

    private sealed class RecordingLog : IJobLog
    {
        public Dictionary<int, JobProgress> Bars { get; } = [];

        public List<string> Lines { get; } = [];

        public int Writes { get; private set; }

        public Task WriteAsync(string jobId, IReadOnlyList<(DateTimeOffset At, string Text)> lines, IReadOnlyList<JobProgress> progress, CancellationToken cancellationToken)
        {
            Writes++;
            Lines.AddRange(lines.Select(line => line.Text));
            foreach (JobProgress bar in progress)
            {
                Bars[bar.Number] = bar;
            }

            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<ConsoleLine>> GetConsoleAsync(string jobId, long after, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<JobProgress>> GetProgressAsync(string jobId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<string, IReadOnlyList<JobProgress>>> GetRunProgressAsync(string runId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<JobChange>> GetHistoryAsync(string jobId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<JobAttempt>> GetAttemptsAsync(DateTimeOffset since, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<JobChange>> GetChangesAsync(long after, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<long> GetLastChangeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<JobHour>> GetHoursAsync(DateTimeOffset since, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
