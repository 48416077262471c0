using System.Diagnostics.Metrics;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Queries;
using NasEngine.Web.Contracts;

namespace NasEngine.Web.Observability;

/// <summary>Metrics that are read from the store whenever a collector asks: runs and jobs by state, and stored evaluations, whose rate is evaluations a second.</summary>
internal sealed class ServiceGauges(IRunQueries queries, JobStores jobs)
{
    private const int CountedRuns = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Begins to answer collectors.</summary>
    public void Register()
    {
        Telemetry.Meter.CreateObservableGauge("nas.runs", Runs, description: "Runs by state.");
        Telemetry.Meter.CreateObservableGauge("nas.jobs", Jobs, description: "Jobs by state.");
        Telemetry.Meter.CreateObservableCounter("nas.evaluations.stored", Evaluations, description: "Evaluations that the newest runs have stored.");
    }

    private IEnumerable<Measurement<long>> Runs() =>
        Read(token => queries.CountByStateAsync(token))?.Select(pair => new Measurement<long>(pair.Value, KeyValuePair.Create("state", (object?)RunStateName.Of(pair.Key)))) ?? [];

    private IEnumerable<Measurement<long>> Jobs() =>
        Read(token => jobs.Jobs.CountAsync(null, token))?.Select(pair => new Measurement<long>(pair.Value, KeyValuePair.Create("state", (object?)JobStateName.Of(pair.Key)))) ?? [];

    private IEnumerable<Measurement<long>> Evaluations() =>
        Read(token => queries.ListMarksAsync(CountedRuns, token)) is { } marks ? [new Measurement<long>(marks.Sum(mark => mark.Evaluations))] : [];

    // Collectors ask from a thread of their own, and take no tasks.
    private static T? Read<T>(Func<CancellationToken, Task<T>> read)
        where T : class
    {
        using CancellationTokenSource limit = new(Patience);
        try
        {
            return Task.Run(() => read(limit.Token), limit.Token).GetAwaiter().GetResult();
        }
        catch (Exception problem) when (problem is NasException or OperationCanceledException)
        {
            // A store that does not answer shows in its own health check; a gap in the curve is what it looks like here.
            return null;
        }
    }
}
