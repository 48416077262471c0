using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NasEngine.Cli.Terminal;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Jobs.Background;
using NasEngine.Jobs.Runs;
using NasEngine.Storage;
using NasEngine.Web.Client;
using NasEngine.Web.Contracts;

namespace NasEngine.Cli.Commands;

/// <summary><c>nas jobs</c>: background jobs of a service, or of a store.</summary>
internal static class JobsCommands
{
    public static Command Create(TextWriter output) => HelpWithExamples.Add(
        new Command("jobs", "List, show, requeue and delete background jobs; pause and resume their queues.")
        {
            List(output), Show(output), Change("requeue", "Enqueue a job again.", output), Change("delete", "Delete a job, or stop it if it is under way.", output),
            Queues(output), Pause("pause", "Pause a queue: no worker begins a job of it. Jobs under way go on to their ends.", output), Pause("resume", "Let a queue that was paused hand out jobs again.", output),
        },
        "nas jobs list --state failed", "nas jobs show 019a8f3e-0000-7000-8000-000000000000 --server http://nas.example:5210");

    private static Command List(TextWriter output)
    {
        Option<string?> state = new("--state") { Description = "awaiting, scheduled, enqueued, processing, succeeded, failed or deleted." };
        Option<string?> run = new("--run") { Description = "The jobs of one run." };
        Option<int> limit = new("--limit") { Description = "The newest jobs, at most this many.", DefaultValueFactory = static _ => 50 };
        Option<bool> json = CommonOptions.Json();
        Command command = RemoteService.AddTo(new Command("list", "List jobs, newest first.") { state, run, limit, json, CommonOptions.Store() });
        command.SetAction(async (parse, cancellationToken) =>
        {
            int most = Math.Clamp(parse.GetValue(limit), 1, 500);
            using NasClient? client = RemoteService.Client(parse);
            IReadOnlyList<JobContract> jobs = client is not null
                ? (await client.ListJobsAsync(parse.GetValue(state), parse.GetValue(run), most, cancellationToken).ConfigureAwait(false)).Items
                : await InStoreAsync(parse, async service => (IReadOnlyList<JobContract>)[.. (await service.Stores.Jobs.ListAsync(
                    new JobQuery { State = State(parse.GetValue(state)), RunId = parse.GetValue(run), Limit = most }, cancellationToken).ConfigureAwait(false)).Jobs.Select(JobContract.Of)], cancellationToken).ConfigureAwait(false);
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(jobs, JsonSerializerOptions.Web)).ConfigureAwait(false);
            }
            else
            {
                Table.Write(output, ["job", "state", "queue", ">attempt", "added (UTC)", "title"], jobs.Select(job => (IReadOnlyList<string>)
                [
                    job.Id, job.State, job.Queue, string.Create(CultureInfo.InvariantCulture, $"{job.Attempt}/{job.MaxAttempts}"),
                    job.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), job.Title,
                ]));
            }

            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, "nas jobs list", "nas jobs list --state processing --server http://127.0.0.1:5210");
    }

    private static Command Show(TextWriter output)
    {
        Argument<string> id = new("JOB") { Description = "A job of 'nas jobs list'." };
        Command command = RemoteService.AddTo(new Command("show", "Print a job as JSON: its payload, result, progress and history.") { id, CommonOptions.Store() });
        command.SetAction(async (parse, cancellationToken) =>
        {
            using NasClient? client = RemoteService.Client(parse);
            string wanted = parse.GetRequiredValue(id);
            JobDetailsContract job = client is not null
                ? await client.ShowJobAsync(wanted, cancellationToken).ConfigureAwait(false)
                : await InStoreAsync(parse, service => JobDetails.ReadAsync(service.Stores, wanted, cancellationToken), cancellationToken).ConfigureAwait(false);
            await output.WriteLineAsync(JsonSerializer.Serialize(job, JsonSerializerOptions.Web)).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, "nas jobs show 019a8f3e-0000-7000-8000-000000000000");
    }

    private static Command Change(string action, string description, TextWriter output)
    {
        Argument<string> id = new("JOB") { Description = "A job of 'nas jobs list'." };
        Command command = RemoteService.AddTo(new Command(action, description) { id, CommonOptions.Store() });
        command.SetAction(async (parse, cancellationToken) =>
        {
            using NasClient? client = RemoteService.Client(parse);
            string wanted = parse.GetRequiredValue(id);
            int changed = client is not null
                ? (await client.ChangeJobAsync(wanted, action, cancellationToken).ConfigureAwait(false)).Ids.Count
                : await InStoreAsync(parse, async service => (action == "requeue"
                    ? await service.RequeueAsync([wanted], cancellationToken).ConfigureAwait(false)
                    : await service.DeleteAsync([wanted], cancellationToken).ConfigureAwait(false)).Count, cancellationToken).ConfigureAwait(false);
            await output.WriteLineAsync(changed > 0 ? $"{action}d {wanted}" : throw new UsageException($"There is no job '{wanted}' that can be {action}d now.")).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, $"nas jobs {action} 019a8f3e-0000-7000-8000-000000000000");
    }

    private static Command Queues(TextWriter output)
    {
        Option<bool> json = CommonOptions.Json();
        Command command = RemoteService.AddTo(new Command("queues", "List the queues that are paused or hold unfinished jobs, with how many.") { json, CommonOptions.Store() });
        command.SetAction(async (parse, cancellationToken) =>
        {
            using NasClient? client = RemoteService.Client(parse);
            IReadOnlyList<QueueContract> queues = client is not null
                ? (await client.ListQueuesAsync(cancellationToken).ConfigureAwait(false)).Items
                : await InStoreAsync(parse, async service => (IReadOnlyList<QueueContract>)[.. (await service.Stores.Queues.ListAsync(cancellationToken).ConfigureAwait(false)).Select(queue => QueueContract.Of(queue, null))], cancellationToken).ConfigureAwait(false);
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(queues, JsonSerializerOptions.Web)).ConfigureAwait(false);
            }
            else
            {
                Table.Write(output, ["queue", "state", ">enqueued", ">scheduled", ">awaiting", ">processing"], queues.Select(queue => (IReadOnlyList<string>)
                [
                    queue.Name, queue.Paused ? "paused" : "going", Text(queue.Enqueued), Text(queue.Scheduled), Text(queue.Awaiting), Text(queue.Processing),
                ]));
            }

            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, "nas jobs queues", "nas jobs queues --server http://127.0.0.1:5210");

        static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
    }

    private static Command Pause(string action, string description, TextWriter output)
    {
        Argument<string> queue = new("QUEUE") { Description = "plan, train, train.cuda, evaluate, search, export, or device:NAME as 'nas jobs queues' shows it." };
        Command command = RemoteService.AddTo(new Command(action, description) { queue, CommonOptions.Store() });
        command.SetAction(async (parse, cancellationToken) =>
        {
            using NasClient? client = RemoteService.Client(parse);
            string wanted = parse.GetRequiredValue(queue);
            QueueContract now = client is not null
                ? await client.ChangeQueueAsync(wanted, action, cancellationToken).ConfigureAwait(false)
                : await InStoreAsync(parse, async service => QueueContract.Of(await service.SetPausedAsync(wanted, action == "pause", cancellationToken).ConfigureAwait(false), null), cancellationToken).ConfigureAwait(false);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{action}d {now.Name}: {now.Enqueued + now.Scheduled} jobs wait, {now.Processing} are under way")).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, $"nas jobs {action} train", $"nas jobs {action} device:agent:pi --server http://127.0.0.1:5210");
    }

    private static async Task<T> InStoreAsync<T>(ParseResult parse, Func<JobService, Task<T>> work, CancellationToken cancellationToken)
    {
        Workplace workplace = Workplace.FromEnvironment();
        NasStore store = await NasStore.OpenAsync(CommonOptions.StoreLocation(parse, workplace), cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            return await work(new JobService(store.Jobs(TimeProvider.System), store.Runs, workplace, TimeProvider.System)).ConfigureAwait(false);
        }
    }

    private static JobState? State(string? name) => name is null ? null
        : Enum.TryParse(name, ignoreCase: true, out JobState state) && Enum.IsDefined(state) && !char.IsAsciiDigit(name[0]) ? state
        : throw UsageException.UnknownName("state", name, Enum.GetNames<JobState>().Select(known => known.ToLowerInvariant()));
}
