using NasEngine.Core.Jobs;

namespace NasEngine.Jobs.Background;

/// <summary>Carries jobs of one kind out.</summary>
/// <remarks>A job may be carried out again after it was stopped anywhere, and by another worker: it goes on with what it finds stored.</remarks>
internal interface IJobHandler
{
    /// <summary>Gets the kind.</summary>
    string Kind { get; }

    /// <summary>Does the work.</summary>
    /// <param name="context">The job, and what it works with.</param>
    /// <param name="cancellationToken">Stops within a few seconds; what was done is kept.</param>
    /// <exception cref="PostponedException">The work cannot be done now; it is tried again later, and the attempt does not count.</exception>
    Task<JobOutcome> ExecuteAsync(JobContext context, CancellationToken cancellationToken);
}

/// <summary>What came of a job.</summary>
/// <param name="Result">What is kept of it, as JSON; <see langword="null"/> for nothing.</param>
/// <param name="FollowUps">Jobs that follow from it.</param>
internal sealed record JobOutcome(object? Result, IReadOnlyList<JobRequest> FollowUps)
{
    /// <summary>Initializes the outcome of a job that nothing follows from.</summary>
    public JobOutcome(object? result)
        : this(result, [])
    {
    }
}
