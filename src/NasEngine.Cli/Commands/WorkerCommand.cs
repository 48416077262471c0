using System.CommandLine;
using NasEngine.Cli.Terminal;
using NasEngine.Core.Errors;
using NasEngine.Jobs.Background;
using NasEngine.Jobs.Runs;
using NasEngine.Storage;

namespace NasEngine.Cli.Commands;

/// <summary><c>nas worker</c>: takes jobs from the store and carries them out.</summary>
internal static class WorkerCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        Option<string?> store = CommonOptions.Store();
        Option<string?> queues = new("--queues") { Description = "The queues to serve, such as train,evaluate; all that this machine can unless given." };
        Option<string[]> devices = new("--device") { Description = "A device attached to this machine: NAME=FORM, such as local=local or pi=local:threads=4. May be given again." };
        Option<int> threads = new("--threads") { Description = "How many batches of subnets to evaluate at once.", DefaultValueFactory = static _ => 1 };
        Option<string> name = new("--name") { Description = "What the worker is called on pages.", DefaultValueFactory = static _ => Environment.MachineName };
        Command command = new("worker", "Take jobs from the store and carry them out, until stopped.") { store, queues, devices, threads, name };
        command.SetAction(async (parse, cancellationToken) =>
        {
            int count = parse.GetValue(threads);
            WorkerOptions options = new()
            {
                Name = parse.GetRequiredValue(name),
                Queues = parse.GetValue(queues)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                Devices = (parse.GetValue(devices) ?? []).Select(Device).ToDictionary(StringComparer.Ordinal),
                Threads = count is >= 1 and <= 64 ? count : throw new UsageException($"--threads takes a number from 1 to 64, not {count}."),
            };
            Workplace workplace = Workplace.FromEnvironment();
            NasStore opened = await NasStore.OpenAsync(CommonOptions.StoreLocation(parse, workplace), cancellationToken: cancellationToken).ConfigureAwait(false);
            await using (opened.ConfigureAwait(false))
            {
                JobService service = new(opened.Jobs(TimeProvider.System), opened.Runs, workplace, TimeProvider.System);
                WorkerHost worker = await WorkerHost.StartAsync(
                    options, WorkerServices.Of(opened, workplace, service, CommonOptions.Progress(error, quiet: false), TimeProvider.System), cancellationToken).ConfigureAwait(false);
                await using (worker.ConfigureAwait(false))
                {
                    await output.WriteLineAsync($"worker {worker.Record.Name} takes jobs of {opened.Location}: {string.Join(", ", worker.Record.Queues.Keys.Order(StringComparer.Ordinal))}").ConfigureAwait(false);
                    await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                    await WaitAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            return ExitCode.Done;
        });
        return HelpWithExamples.Add(
            command, "nas worker --device local=local", "nas worker --store postgres://nas:secret@db/nas --threads 4", "nas worker --store postgres://nas:secret@db/nas --queues train.cuda,evaluate");
    }

    private static KeyValuePair<string, string> Device(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && equals < text.Length - 1
            ? KeyValuePair.Create(text[..equals], text[(equals + 1)..])
            : throw new UsageException($"--device takes NAME=FORM, such as local=local, not '{text}'.");
    }

    // Stopping is how a worker ends; what it had goes back to the queue.
    private static async Task WaitAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        CancellationTokenRegistration registration = cancellationToken.Register(stopped.SetResult);
        await using (registration.ConfigureAwait(false))
        {
            await stopped.Task.ConfigureAwait(false);
        }
    }
}
