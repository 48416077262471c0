using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NasEngine.Cli.Terminal;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Runs;
using NasEngine.Web.Client;

namespace NasEngine.Cli.Commands;

/// <summary><c>nas front</c>: the Pareto front of a run.</summary>
internal static class FrontCommand
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create(TextWriter output)
    {
        Argument<string> run = CommonOptions.RunName();
        Option<bool> json = CommonOptions.Json();
        Option<bool> csv = new("--csv") { Description = "Print the front as CSV." };
        Command command = RemoteService.AddTo(new("front", "Show the Pareto front of a run: evaluated, measured, within the limits.") { run, json, csv, CommonOptions.Store() });
        command.SetAction(async (parse, cancellationToken) =>
        {
            using NasClient? client = RemoteService.Client(parse);
            IReadOnlyList<FrontMember> front = client is not null
                ? await RemoteRuns.FrontAsync(client, parse.GetRequiredValue(run), cancellationToken).ConfigureAwait(false)
                : await StoredAsync(parse, parse.GetRequiredValue(run), cancellationToken).ConfigureAwait(false);
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(Json(front)).ConfigureAwait(false);
            }
            else if (parse.GetValue(csv))
            {
                await output.WriteAsync(FrontFile.Csv(front)).ConfigureAwait(false);
            }
            else
            {
                WriteTable(output, front);
            }

            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, "nas front", "nas front quickstart --json", "nas front latest --csv > front.csv");
    }

    /// <summary>Writes a front as JSON.</summary>
    public static string Json(IReadOnlyList<FrontMember> front) => JsonSerializer.Serialize(
        front.Select(member => new
        {
            number = member.Number,
            genotype = member.Genotype,
            accuracy = member.Accuracy,
            testAccuracy = member.TestAccuracy,
            latencyMs = member.Latencies.Values.Select(Latency).FirstOrDefault(),
            latencies = member.Latencies.ToDictionary(pair => pair.Key, pair => Latency(pair.Value)),
            parameters = member.Parameters,
            macs = member.Macs,
            memoryBytes = member.MemoryBytes,
        }),
        Indented);

    /// <summary>Writes a front as a table.</summary>
    public static void WriteTable(TextWriter output, IReadOnlyList<FrontMember> front)
    {
        string[] devices = [.. front.SelectMany(member => member.Latencies.Keys).Distinct()];
        string[] headings = ["#", ">accuracy", ">test", .. devices.SelectMany(device => new[] { $">{device} ms", ">interval", ">predicted" }), ">parameters", ">MACs", "genotype"];
        Terminal.Table.Write(output, headings, front.Select(member => (IReadOnlyList<string>)
        [
            member.Number.ToString(CultureInfo.InvariantCulture),
            Percent(member.Accuracy),
            member.TestAccuracy is double test ? Percent(test) : "-",
            .. devices.SelectMany(device => Latency(member, device)),
            member.Parameters.ToString("N0", CultureInfo.InvariantCulture),
            member.Macs.ToString("N0", CultureInfo.InvariantCulture),
            member.Genotype,
        ]));
    }

    private static async Task<IReadOnlyList<FrontMember>> StoredAsync(ParseResult parse, string run, CancellationToken cancellationToken)
    {
        IRunStore store = await CommonOptions.OpenStoreAsync(parse, Workplace.FromEnvironment(), cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            RunRecord record = await StoredRuns.RequireAsync(store, run, cancellationToken).ConfigureAwait(false);
            Experiment experiment = StoredRuns.Experiment(record);
            return await FrontReader.ReadAsync(store, record.Id, experiment.Objectives, experiment.Constraints, cancellationToken).ConfigureAwait(false);
        }
    }

    private static object Latency(FrontLatency latency) => new { predicted = latency.Predicted, measured = latency.Measured, low = latency.Low, high = latency.High };

    private static IEnumerable<string> Latency(FrontMember member, string device) => member.Latencies.TryGetValue(device, out FrontLatency? latency)
        ? [Ms(latency.Measured), $"{Ms(latency.Low)}–{Ms(latency.High)}", Ms(latency.Predicted)]
        : ["-", "-", "-"];

    private static string Ms(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (share * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}
