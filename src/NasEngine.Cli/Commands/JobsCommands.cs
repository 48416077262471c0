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
                await output.WriteLineAsync(Json(jobs)).ConfigureAwait(false);
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

    private static Command Show(TextWriter output) => OnOne(
        "show", "Print a job as JSON: its payload, result, progress and history.", Job(), ["nas jobs show 019a8f3e-0000-7000-8000-000000000000"], output,
        async (client, id, cancellationToken) => Json(await client.ShowJobAsync(id, cancellationToken).ConfigureAwait(false)),
        async (service, id, cancellationToken) => Json(await JobDetails.ReadAsync(service.Stores, id, cancellationToken).ConfigureAwait(false)));

    private static Command Change(string action, string description, TextWriter output)
    {
        return OnOne(
            action, description, Job(), [$"nas jobs {action} 019a8f3e-0000-7000-8000-000000000000"], output,
            async (client, id, cancellationToken) => Said(id, (await client.ChangeJobAsync(id, action, cancellationToken).ConfigureAwait(false)).Ids.Count),
            async (service, id, cancellationToken) => Said(id, (action == "requeue"
                ? await service.RequeueAsync([id], cancellationToken).ConfigureAwait(false)
                : await service.DeleteAsync([id], cancellationToken).ConfigureAwait(false)).Count));

        string Said(string id, int changed) => changed > 0 ? $"{action}d {id}" : throw new UsageException($"There is no job '{id}' that can be {action}d now.");
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
                await output.WriteLineAsync(Json(queues)).ConfigureAwait(false);
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
        return OnOne(
            action, description, queue, [$"nas jobs {action} train", $"nas jobs {action} device:agent:pi --server http://127.0.0.1:5210"], output,
            async (client, name, cancellationToken) => Said(await client.ChangeQueueAsync(name, action, cancellationToken).ConfigureAwait(false)),
            async (service, name, cancellationToken) => Said(QueueContract.Of(await service.SetPausedAsync(name, action == "pause", cancellationToken).ConfigureAwait(false), null)));

        string Said(QueueContract now) => string.Create(CultureInfo.InvariantCulture, $"{action}d {now.Name}: {now.Enqueued + now.Scheduled} waiting, {now.Processing} under way");
    }

    private static Argument<string> Job() => new("JOB") { Description = "A job of 'nas jobs list'." };

    private static string Json<T>(T answer) => JsonSerializer.Serialize(answer, JsonSerializerOptions.Web);

    // A command about one thing: a service is asked, or the store of this machine is opened; what either says is printed.
    private static Command OnOne(
        string name, string description, Argument<string> what, string[] examples, TextWriter output,
        Func<NasClient, string, CancellationToken, Task<string>> remote, Func<JobService, string, CancellationToken, Task<string>> local)
    {
        Command command = RemoteService.AddTo(new Command(name, description) { what, CommonOptions.Store() });
        command.SetAction(async (parse, cancellationToken) =>
        {
            using NasClient? client = RemoteService.Client(parse);
            string wanted = parse.GetRequiredValue(what);
            await output.WriteLineAsync(client is not null
                ? await remote(client, wanted, cancellationToken).ConfigureAwait(false)
                : await InStoreAsync(parse, service => local(service, wanted, cancellationToken), cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, examples);
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
