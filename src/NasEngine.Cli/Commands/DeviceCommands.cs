using System.CommandLine;
using System.Globalization;
using NasEngine.Cli.Terminal;
using NasEngine.Core.Devices;
using NasEngine.Jobs.Profiling;
using NasEngine.Web.Client;
using NasEngine.Web.Devices;

namespace NasEngine.Cli.Commands;

/// <summary><c>nas device</c>: the devices that networks are measured on.</summary>
internal static class DeviceCommands
{
    public static Command Create(TextWriter output, TextWriter error) => HelpWithExamples.Add(
        new Command("device", "List devices, look at one, record measurements.") { List(output), Show(output), Remeasure(output, error), Record(output, error), DeviceKernelsCommand.Create(output, error) },
        "nas device list", "nas device show local", "nas device record searchspaces/fashion-mobile.json --count 200 --out latencies.jsonl");

    private static Command List(TextWriter output)
    {
        Command command = RemoteService.AddTo(new("list", "List the forms that a device can be named in, or the devices that are attached to a service."));
        command.SetAction(async (parse, cancellationToken) =>
        {
            using NasClient? client = RemoteService.Client(parse);
            if (client is not null)
            {
                Table.Write(output, ["device", "named as", "state", ">waiting", "last seen (UTC)"], (await client.ListDevicesAsync(cancellationToken).ConfigureAwait(false)).Items.Select(device => (IReadOnlyList<string>)
                [
                    device.Name, device.Form, device.State, device.QueueLength.ToString(CultureInfo.InvariantCulture),
                    device.LastSeen.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                ]));
                return ExitCode.Done;
            }

            foreach (string form in CommonOptions.Devices(location: string.Empty).Forms)
            {
                await output.WriteLineAsync(form).ConfigureAwait(false);
            }

            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, "nas device list");
    }

    private static Command Show(TextWriter output)
    {
        Argument<string> name = new("DEVICE") { Description = "A form of 'nas device list', or with --server the name of a device that is attached there.", DefaultValueFactory = static _ => "local" };
        Command command = RemoteService.AddTo(new Command("show", "Connect to a device and print its fingerprint.") { name, CommonOptions.Store() });
        command.SetAction(async (parse, cancellationToken) =>
        {
            using NasClient? client = RemoteService.Client(parse);
            if (client is not null)
            {
                DeviceContract shown = await client.ShowDeviceAsync(parse.GetRequiredValue(name), cancellationToken).ConfigureAwait(false);
                await output.WriteLineAsync($"{shown.Fingerprint.Id}  {shown.Fingerprint.Text}").ConfigureAwait(false);
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{shown.Form}: {shown.State}, {shown.QueueLength} networks wait, noise {Percent(shown.NoisePercent)}, drift {Percent(shown.DriftPercent)}")).ConfigureAwait(false);
                return ExitCode.Done;
            }

            IDevice device = CommonOptions.Devices(parse).Create(parse.GetRequiredValue(name));
            await using (device.ConfigureAwait(false))
            {
                DeviceFingerprint fingerprint = await device.ConnectAsync(cancellationToken).ConfigureAwait(false);
                await output.WriteLineAsync($"{fingerprint.Id}  {fingerprint}").ConfigureAwait(false);
                return ExitCode.Done;
            }
        });
        return HelpWithExamples.Add(command, "nas device show local:threads=2");
    }

    private static string Percent(double? value) => value is double known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.0} %") : "not known yet";

    private static Command Remeasure(TextWriter output, TextWriter error)
    {
        Argument<string> name = new("DEVICE") { Description = "The name of a device that is attached to the service." };
        (Option<bool> json, Option<bool> quiet) = (CommonOptions.Json(), CommonOptions.Quiet());
        Command command = RemoteService.AddTo(new Command("remeasure", "Have a service measure a few networks of a device again, and say how far the device drifted.") { name, json, quiet });
        command.SetAction(async (parse, cancellationToken) =>
        {
            using NasClient client = RemoteService.RequireClient(parse);
            await RemoteRuns.RemeasureAsync(
                client, parse.GetRequiredValue(name), parse.GetValue(json), output, CommonOptions.Progress(error, parse.GetValue(quiet)), cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, "nas device remeasure pi --server http://nas.example:5210");
    }

    private static Command Record(TextWriter output, TextWriter error)
    {
        Argument<string> space = new("SPACE") { Description = "The space's JSON file." };
        Option<string> name = new("--device") { Description = "The device to measure on.", DefaultValueFactory = static _ => "local" };
        Option<string> file = new("--out", "-o") { Description = "The recording; an existing one is gone on with.", Required = true };
        Option<int> count = new("--count", "-n") { Description = "How many architectures; a space that has fewer is recorded whole.", DefaultValueFactory = static _ => 100 };
        Option<long> seed = new("--seed") { Description = "The seed of the draw.", DefaultValueFactory = static _ => 1 };
        Command command = new("record", "Measure architectures of a space into a file that can be replayed as a device.") { space, name, file, count, seed, CommonOptions.Store() };
        command.SetAction(async (parse, cancellationToken) =>
        {
            int recorded = await MeasurementRecorder.RecordAsync(
                parse.GetRequiredValue(space), CommonOptions.Devices(parse).Create(parse.GetRequiredValue(name)), parse.GetRequiredValue(file),
                Math.Max(1, parse.GetValue(count)), parse.GetValue(seed), CommonOptions.Progress(error, quiet: false), cancellationToken).ConfigureAwait(false);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{parse.GetRequiredValue(file)}: {recorded} new measurements. Replay them with --device local=replay:{parse.GetRequiredValue(file)}")).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, "nas device record searchspaces/fashion-mobile.json --count 200 --out latencies.jsonl");
    }
}
