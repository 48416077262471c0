using NasEngine.Core.Jobs;
using NasEngine.Storage.Jobs;
using Quartz;

namespace NasEngine.Jobs.Background;

/// <summary>Quartz as this engine uses it: it hands jobs out to workers, by queue and priority, and keeps recurring ones.</summary>
/// <remarks>
/// A queue is an execution group. Quartz fires by time first and priority second; so that a queue goes by priority first, the time of a job that
/// may begin at once says its priority and its age, and lies long ago. What is true of a job is in the store: a firing only means that it is to be looked at.
/// </remarks>
internal sealed class JobSchedule : IAsyncDisposable
{
    private const string Jobs = "jobs";
    private const string Recurring = "recurring";

    // From here on a day for each step of priority; within the day, by age.
    private static readonly DateTimeOffset Urgent = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Ages = TimeSpan.FromDays(365.25 * 200);

    private readonly StandaloneSchedulerFactory _factory;
    private readonly IScheduler _scheduler;

    private JobSchedule(StandaloneSchedulerFactory factory, IScheduler scheduler) => (_factory, _scheduler) = (factory, scheduler);

    /// <summary>Opens the scheduler's tables; it hands nothing out before <see cref="StartAsync"/>.</summary>
    /// <param name="place">Where its tables are.</param>
    /// <param name="worker">The worker's id.</param>
    /// <param name="limits">How many jobs of which queues the worker takes.</param>
    /// <param name="fire">Called for each job that is to be looked at; ends with the job.</param>
    /// <param name="recur">Called when a recurring job is due.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    public static async Task<JobSchedule> OpenAsync(
        ScheduleDatabase place, string worker, QueueLimits limits, Func<string, CancellationToken, Task> fire, Func<string, CancellationToken, Task> recur,
        CancellationToken cancellationToken)
    {
        StandaloneSchedulerFactory factory = QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.ConfigureScheduler(options =>
            {
                options.InstanceName = "nas";
                options.InstanceId = worker;
                options.IdleWaitTime = TimeSpan.FromSeconds(1); // its least: how long a job that another process added waits at most
                options.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            quartz.UseDefaultThreadPool(limits.Threads);
            quartz.UseJobFactory(new FiringFactory((key, token) => key.Group == Recurring ? recur(key.Name, token) : fire(key.Name, token)));
            quartz.UseExecutionLimits(groups =>
            {
                limits.Apply(groups);
                groups.ForGroup(Recurring, 1, ExecutionLimitScope.Node);
            });
            quartz.UsePersistentStore(store =>
            {
                store.ConfigureStore(options => options.AcquireTriggersWithinLock = true); // one job at a time on a device, exactly
                store.ProvisionSchema();
                if (place.File is null)
                {
                    store.UsePostgres(place.ConnectionString);
                    store.UseClustering(cluster => cluster.CheckinInterval = TimeSpan.FromSeconds(2));
                }
                else
                {
                    store.UseSqlite(place.ConnectionString);
                }
            });
        }).Build();
        IScheduler scheduler = await factory.GetScheduler(cancellationToken).ConfigureAwait(false);
        return new JobSchedule(factory, scheduler);
    }

    /// <summary>Begins to hand jobs out.</summary>
    public async Task StartAsync(CancellationToken cancellationToken) => await _scheduler.Start(cancellationToken).ConfigureAwait(false);

    /// <summary>Tells the scheduler of a job, or tells it anew.</summary>
    public async Task PlanAsync(JobRecord job, CancellationToken cancellationToken)
    {
        JobKey key = new(job.Id, Jobs);
        if (job.Revision > 1)
        {
            // What it was told before must not fire at an earlier moment or with another priority.
            await _scheduler.DeleteJob(key, cancellationToken).ConfigureAwait(false);
        }

        IJobDetail detail = JobBuilder.Create<Firing>().WithIdentity(key).WithDescription(job.Title).RequestRecovery(true).Build();
        ITrigger trigger = TriggerBuilder.Create()
            .WithIdentity(FormattableString.Invariant($"{job.Id}.{job.Revision}"), Jobs)
            .WithExecutionGroup(job.Queue)
            .WithPriority(job.Priority)
            .StartAt(job.State == JobState.Scheduled && job.DueAt is DateTimeOffset due ? due : Moment(job))
            .WithSchedule(SimpleScheduleBuilder.Create().WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires))
            .Build();
        await _scheduler.ScheduleJob(detail, [trigger], ScheduleJobOptions.Replacing, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives the ids of the jobs that the scheduler knows.</summary>
    public async Task<HashSet<string>> GetKnownAsync(CancellationToken cancellationToken) =>
        [.. (await _scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(Jobs), cancellationToken).ConfigureAwait(false)).Select(key => key.Name)];

    /// <summary>Makes the scheduler's recurring jobs those of the store; one that has not changed keeps its moment, also one that was missed.</summary>
    public async Task SetRecurringAsync(IReadOnlyList<RecurringJob> wanted, CancellationToken cancellationToken)
    {
        Dictionary<string, RecurringJob> left = wanted.Where(job => job.Enabled).ToDictionary(job => job.Id, StringComparer.Ordinal);
        foreach (JobKey key in await _scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(Recurring), cancellationToken).ConfigureAwait(false))
        {
            ITrigger? known = await _scheduler.GetTrigger(new TriggerKey(key.Name, Recurring), cancellationToken).ConfigureAwait(false);
            if (!left.TryGetValue(key.Name, out RecurringJob? job))
            {
                await _scheduler.DeleteJob(key, cancellationToken).ConfigureAwait(false);
            }
            else if (known?.Description == Describe(job))
            {
                left.Remove(key.Name);
            }
        }

        foreach (RecurringJob job in left.Values)
        {
            IJobDetail detail = JobBuilder.Create<Firing>().WithIdentity(job.Id, Recurring).WithDescription(job.Title).Build();
            ITrigger trigger = TriggerBuilder.Create().WithIdentity(job.Id, Recurring).WithDescription(Describe(job)).WithExecutionGroup(Recurring)
                .WithSchedule(CronScheduleBuilder.Create(CronTimes.Parse(job.Cron, job.TimeZone)).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build();
            await _scheduler.ScheduleJob(detail, [trigger], ScheduleJobOptions.Replacing, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Hands nothing out any more, asks what is under way to stop, and waits for it.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        using CancellationTokenSource limit = new(patience);
        try
        {
            await _scheduler.Shutdown(true, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // What does not end goes back to its queue without having ended.
            return;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _factory.DisposeAsync().ConfigureAwait(false);

    private static string Describe(RecurringJob job) => FormattableString.Invariant($"version {job.Version}");

    private static DateTimeOffset Moment(JobRecord job) => Urgent
        .AddDays(-JobRequest.LowestPriority - job.Priority)
        .AddDays((job.CreatedAt - Urgent) / Ages);

    private sealed class Firing(JobKey key, Func<JobKey, CancellationToken, Task> fire) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await fire(key, cancellationToken).ConfigureAwait(false);
    }

    private sealed class FiringFactory(Func<JobKey, CancellationToken, Task> fire) : Quartz.Extensibility.IJobFactory
    {
        public ValueTask<Quartz.Extensibility.JobScope> CreateJob(Quartz.Extensibility.TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken) =>
            new(new Quartz.Extensibility.JobScope(new Firing(bundle.JobDetail.Key, fire), null));

        public ValueTask ReturnJob(Quartz.Extensibility.JobScope scope, CancellationToken cancellationToken) => default;
    }
}
