using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NasEngine.Cli.Terminal;
using NasEngine.Core.Errors;
using NasEngine.Jobs.Profiling;

namespace NasEngine.Cli.Commands;

/// <summary><c>nas device kernels</c>: a table of kernels whose sums foretell the latency of whole networks.</summary>
internal static class DeviceKernelsCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        Argument<string> space = new("SPACE") { Description = "The space's JSON file." };
        Option<string> name = new("--device") { Description = "The device to measure on.", DefaultValueFactory = static _ => "local" };
        Option<string> file = new("--out", "-o") { Description = "The kernel table to write; measurements lie beside it, and those of an earlier start are gone on with.", Required = true };
        Option<int> count = new("--count", "-n") { Description = "How many architectures to look through for kernels; a space that has fewer is looked through whole.", DefaultValueFactory = static _ => 200 };
        Option<int> networks = new("--networks") { Description = "How many whole networks to measure and hold the sums against.", DefaultValueFactory = static _ => 20 };
        Option<long> seed = new("--seed") { Description = "The seed of the draw.", DefaultValueFactory = static _ => 1 };
        Option<bool> json = CommonOptions.Json();
        Option<bool> quiet = CommonOptions.Quiet();
        Command command = new("kernels", "Measure the kernels of a space one by one into a table that foretells whole networks by sums.") { space, name, file, count, networks, seed, json, quiet, CommonOptions.Store() };
        command.SetAction(async (parse, cancellationToken) =>
        {
            KernelProfileRequest request = new(
                parse.GetRequiredValue(space), TableOptions.AtLeastOne(parse.GetValue(count), "--count"),
                parse.GetValue(networks) is >= 0 and var whole ? whole : throw new UsageException("--networks takes a number from 0 on."),
                parse.GetRequiredValue(file), parse.GetValue(seed));
            KernelProfileReport report = await KernelProfiler.RunAsync(
                request, CommonOptions.Devices(parse).Create(parse.GetRequiredValue(name)), CommonOptions.Progress(error, parse.GetValue(quiet)), cancellationToken).ConfigureAwait(false);
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(report, JsonSerializerOptions.Web)).ConfigureAwait(false);
                return ExitCode.Done;
            }

            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{report.File}: {report.Kernels} kernels of {report.Device}, {report.Measured} new measurements; a call costs {report.CallMicroseconds:0.0} µs")).ConfigureAwait(false);
            if (report.MapePercent is double mape)
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{report.Networks} whole networks: on half of them sums are off by {mape:0.0} %, Kendall tau {report.KendallTau:0.00}; alone kernels cost {report.AloneOverWithin ?? 1:0.00} times what they cost in the other half, which the table has divided out ({report.UncorrectedMapePercent:0.0} % without)")).ConfigureAwait(false);
            }

            foreach (string warning in report.Warnings)
            {
                await output.WriteLineAsync(warning).ConfigureAwait(false);
            }

            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, "nas device kernels searchspaces/fashion-mobile.json --device local --out kernels.json --count 200");
    }
}
