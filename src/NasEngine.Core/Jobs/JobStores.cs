namespace NasEngine.Core.Jobs;

/// <summary>All that is kept of background jobs, in one store.</summary>
/// <param name="Jobs">The jobs.</param>
/// <param name="Log">What they say, and how their states changed.</param>
/// <param name="Workers">Who takes them.</param>
/// <param name="Recurring">Recurring jobs, changed budgets, drift.</param>
/// <param name="Queues">Which queues are paused.</param>
public sealed record JobStores(IJobStore Jobs, IJobLog Log, IWorkerStore Workers, IRecurringJobStore Recurring, IQueueStore Queues);
