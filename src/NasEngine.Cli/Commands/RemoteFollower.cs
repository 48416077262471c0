using NasEngine.Core.Progress;
using NasEngine.Web.Client;
using NasEngine.Web.Contracts;

namespace NasEngine.Cli.Commands;

/// <summary>Shows what the jobs of a run say and how far they are, as the run would show it on this machine.</summary>
internal sealed class RemoteFollower(NasClient client, IProgressSink progress) : IDisposable
{
    // Subnets are evaluated by many jobs at once: how far they all are together is told by the run.
    private const string Evaluate = "evaluate";
    private const string Evaluated = "evaluate subnets";
    private const int MostJobs = 50;

    private readonly Dictionary<string, long> _lines = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Title, long Total), IProgressTask> _bars = [];
    private bool _hasLooked;

    /// <summary>Shows what is new.</summary>
    public async Task LookAsync(RunContract run, CancellationToken cancellationToken)
    {
        foreach (JobContract job in (await client.ListJobsAsync(null, run.Id, MostJobs, cancellationToken).ConfigureAwait(false)).Items.Reverse())
        {
            bool isEnded = job.State is "succeeded" or "failed" or "deleted";
            if (_ended.Contains(job.Id) || !(isEnded || job.State == "processing"))
            {
                continue;
            }

            // What ended before anybody looked belongs to an earlier start of the run.
            if ((_hasLooked || !isEnded) && job.Kind == Evaluate)
            {
                await ReadAsync(job.Id, cancellationToken).ConfigureAwait(false);
            }
            else if (_hasLooked || !isEnded)
            {
                await ShowAsync(await client.ShowJobAsync(job.Id, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }

            if (isEnded)
            {
                _ended.Add(job.Id);
            }
        }

        _hasLooked = true;
        if (run.Progress is { Step: "sample" or "verify" } step)
        {
            Report(new ProgressContract(Evaluated, step.Done, step.Total, "subnet", null));
        }
        else if (_bars.Keys.FirstOrDefault(bar => bar.Title == Evaluated) is { Title: not null } ended)
        {
            // The last of them were done since the look before.
            Report(new ProgressContract(Evaluated, ended.Total, ended.Total, "subnet", null));
            Dispose();
        }
    }

    /// <summary>Shows what is new on the console of a job, and its bars.</summary>
    public async Task ShowAsync(JobDetailsContract job, CancellationToken cancellationToken)
    {
        await ReadAsync(job.Id, cancellationToken).ConfigureAwait(false);
        foreach (ProgressContract bar in job.Progress)
        {
            Report(bar);
        }
    }

    /// <summary>Ends the bars.</summary>
    public void Dispose()
    {
        foreach (IProgressTask bar in _bars.Values)
        {
            bar.Dispose();
        }

        _bars.Clear();
    }

    private async Task ReadAsync(string job, CancellationToken cancellationToken)
    {
        ConsoleContract console = await client.ConsoleAsync(job, _lines.GetValueOrDefault(job), cancellationToken).ConfigureAwait(false);
        _lines[job] = console.Next;
        foreach (ConsoleLineContract line in console.Lines)
        {
            progress.Say(line.Text);
        }
    }

    private void Report(ProgressContract bar)
    {
        if (!_bars.TryGetValue((bar.Title, bar.Total), out IProgressTask? shown))
        {
            Dispose();
            shown = _bars[(bar.Title, bar.Total)] = progress.Start(bar.Title, bar.Total, bar.Unit, bar.Done);
        }

        shown.Report(bar.Done, bar.Note);
    }
}
