using NasEngine.Core.Errors;
using Quartz;

namespace NasEngine.Jobs.Background;

/// <summary>How many jobs of which queues a worker takes at once.</summary>
internal sealed class QueueLimits
{
    // Devices that answer over the service cost a worker little but waiting.
    private const int RemoteDevices = 8;
    private const int Plans = 2;

    private static readonly string[] Anywhere = [JobQueues.DevicePrefix + "agent:", JobQueues.DevicePrefix + "replay:"];

    private readonly string[] _prefixes;

    /// <summary>Initializes the limits.</summary>
    /// <param name="options">What the worker's user wants.</param>
    /// <param name="cuda">Whether it has a GPU to train on.</param>
    /// <exception cref="UsageException">A queue is not known.</exception>
    public QueueLimits(WorkerOptions options, bool cuda)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Threads, 64);
        string[] possible = cuda ? [.. JobQueues.Common, JobQueues.TrainCuda] : [.. JobQueues.Common];
        foreach (string queue in options.Queues ?? [])
        {
            if (!queue.StartsWith(JobQueues.DevicePrefix, StringComparison.Ordinal) && !possible.Contains(queue))
            {
                throw UsageException.UnknownName("queue", queue, [.. possible, JobQueues.DevicePrefix + "NAME"]);
            }
        }

        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (string queue in options.Queues ?? possible)
        {
            counts[queue] = queue switch
            {
                JobQueues.Evaluate => options.Threads,
                JobQueues.Plan => Plans,
                _ => 1,
            };
        }

        foreach ((string name, string form) in options.Devices)
        {
            counts[JobQueues.Device(form)] = 1;
            counts[JobQueues.Device(name)] = 1;
        }

        Counts = counts;
        _prefixes = options.Queues is null ? Anywhere : [];
    }

    /// <summary>Gets the queues by name, with how many jobs are taken at once.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; }

    /// <summary>Gets what is shown of them: the queues, and what all queues begin with that are served beside.</summary>
    public IReadOnlyDictionary<string, int> Shown => Counts.Concat(_prefixes.Select(prefix => KeyValuePair.Create(prefix + "*", 1))).ToDictionary(StringComparer.Ordinal);

    /// <summary>Gets how many jobs are taken at once in all.</summary>
    public int Threads => Counts.Values.Sum() + (_prefixes.Length > 0 ? RemoteDevices : 0) + 1;

    /// <summary>Tells the scheduler.</summary>
    public void Apply(ExecutionLimitsBuilder groups)
    {
        foreach ((string queue, int count) in Counts)
        {
            groups.ForGroup(queue, count, queue.StartsWith(JobQueues.DevicePrefix, StringComparison.Ordinal) ? ExecutionLimitScope.Cluster : ExecutionLimitScope.Node);
        }

        foreach (string prefix in _prefixes)
        {
            groups.ForGroupsWithPrefix(prefix, 1, ExecutionLimitScope.Cluster);
        }

        groups.ForOtherGroups(0, ExecutionLimitScope.Node);
    }
}
