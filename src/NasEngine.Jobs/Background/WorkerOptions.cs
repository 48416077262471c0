namespace NasEngine.Jobs.Background;

/// <summary>What a worker takes, and how it goes about it.</summary>
public sealed record WorkerOptions
{
    /// <summary>Gets the worker's name on pages; the machine's unless set.</summary>
    public string Name { get; init; } = Environment.MachineName;

    /// <summary>Gets the queues it serves, those of devices apart; <see langword="null"/> for all that it can.</summary>
    public IReadOnlyList<string>? Queues { get; init; }

    /// <summary>Gets the devices attached to it, by name, with what stands behind each, such as <c>local</c> or <c>local:threads=2</c>.</summary>
    /// <remarks>Devices that answer over the service (<c>agent:</c>) and recordings (<c>replay:</c>) are served by any worker.</remarks>
    public IReadOnlyDictionary<string, string> Devices { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets how many batches of subnets it evaluates at once. From 1 to 64; 1 unless set.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Gets how long a worker may be silent before its jobs go to others.</summary>
    internal TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Gets how often it says that it is alive, and looks whether someone wants a job to stop.</summary>
    internal TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets how often it looks for jobs that the scheduler has not been told of.</summary>
    internal TimeSpan Planning { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Gets how often it compares all that waits with what the scheduler knows.</summary>
    internal TimeSpan Review { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets how long a job that failed waits for its first retry; each further one waits four times as long.</summary>
    internal TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how much work a stretch of training or searching has at least: a job that is stopped loses no more, and others get their turn.</summary>
    internal TimeSpan Stretch { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Gets how long a job that is to stop may take, once its worker knows; with the beat it stays below five seconds.</summary>
    internal TimeSpan CancelPatience { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>Gets how long jobs may take to end when the worker stops, before it goes without them.</summary>
    internal TimeSpan StopPatience { get; init; } = TimeSpan.FromSeconds(5);
}
