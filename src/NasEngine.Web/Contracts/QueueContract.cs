using NasEngine.Core.Jobs;

namespace NasEngine.Web.Contracts;

/// <summary>A queue.</summary>
/// <param name="Name">Its name, such as <c>train</c> or <c>device:agent:pi</c>.</param>
/// <param name="Paused">Whether it hands out no jobs.</param>
/// <param name="PausedAt">Since when it does not; <see langword="null"/> while it does.</param>
/// <param name="Awaiting">Jobs that wait for others.</param>
/// <param name="Scheduled">Jobs that wait for their moment.</param>
/// <param name="Enqueued">Jobs that wait for a worker.</param>
/// <param name="Processing">Jobs that workers are at.</param>
/// <param name="Workers">How many workers serve it; absent in the answer to a change.</param>
public sealed record QueueContract(string Name, bool Paused, DateTimeOffset? PausedAt, long Awaiting, long Scheduled, long Enqueued, long Processing, int? Workers)
{
    /// <summary>Makes what is shown of a queue.</summary>
    public static QueueContract Of(QueueRecord queue, int? workers)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return new QueueContract(
            queue.Name, queue.PausedAt is not null, queue.PausedAt, Count(JobState.Awaiting), Count(JobState.Scheduled), Count(JobState.Enqueued), Count(JobState.Processing), workers);

        long Count(JobState state) => queue.Jobs.GetValueOrDefault(state);
    }
}
