using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Core.Progress;
using NasEngine.Jobs.Runs;

namespace NasEngine.Jobs.Background;

/// <summary>A job, and what its handler works with.</summary>
internal sealed class JobContext
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    /// <summary>Gets the job.</summary>
    public required JobRecord Job { get; init; }

    /// <summary>Gets where the job shows how far it is: its console.</summary>
    public required IProgressSink Progress { get; init; }

    /// <summary>Gets what runs work with.</summary>
    public required RunServices Services { get; init; }

    /// <summary>Gets what the worker works with as a whole.</summary>
    public required WorkerServices Worker { get; init; }

    /// <summary>Gets the jobs.</summary>
    public required JobStores Stores { get; init; }

    /// <summary>Gets runs that are open: data and weights are not read again for each job.</summary>
    public required RunContextPool Runs { get; init; }

    /// <summary>Gets how much work a stretch of training or searching has at least.</summary>
    public required TimeSpan Stretch { get; init; }

    /// <summary>Reads what the handler is told.</summary>
    /// <exception cref="UsageException">The payload is not what the handler expects.</exception>
    public T Payload<T>()
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Job.Payload, Strict) ?? throw new UsageException($"The payload of job '{Job.Title}' is null.");
        }
        catch (JsonException problem)
        {
            throw new UsageException($"The payload of job '{Job.Title}' is not what a job of kind '{Job.Kind}' needs: {problem.Message}", problem);
        }
    }

    /// <summary>Opens the run that the job belongs to; the caller disposes the result.</summary>
    /// <exception cref="UsageException">There is no such run any more.</exception>
    public Task<RunContextPool.Lease> OpenRunAsync(CancellationToken cancellationToken) =>
        Runs.RentAsync(Job.RunId ?? throw new UsageException($"Job '{Job.Title}' belongs to no run."), Progress, cancellationToken);

    /// <summary>Writes a payload.</summary>
    public static string Json<T>(T payload) => JsonSerializer.Serialize(payload, JsonSerializerOptions.Web);
}
