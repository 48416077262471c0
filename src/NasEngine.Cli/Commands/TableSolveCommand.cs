using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NasEngine.Cli.Terminal;
using NasEngine.Core.Errors;
using NasEngine.Jobs.Tables;

namespace NasEngine.Cli.Commands;

/// <summary><c>nas table solve</c>: the exact best of a table whose parts add up.</summary>
internal static class TableSolveCommand
{
    public static Command Create(TextWriter output)
    {
        Argument<string> file = new("TABLE") { Description = "A CSV file with a line of column names, and a row for each choice of each part." };
        Option<string> part = new("--part") { Description = "The column that names the part, such as a stage or a layer.", Required = true };
        Option<string> choice = new("--choice") { Description = "The column that names the choice.", Required = true };
        Option<string?> minimize = new("--minimize") { Description = "The column whose sum is to be least; a+b is the sum of two." };
        Option<string?> maximize = new("--maximize") { Description = "The column whose sum is to be greatest, in place of --minimize." };
        Option<string[]> limits = new("--max", "--limit") { Description = "A limit on a sum, such as \"latency_ms<=10\" or \"accuracy>=70\". May be given again for another column.", Required = true };
        Option<int> sweep = new("--sweep") { Description = "How many limits to solve, evenly from the least that can be met to the first one given.", DefaultValueFactory = static _ => 1 };
        Option<bool> json = CommonOptions.Json();
        Command command = new("solve", "Choose one row for each part so that a sum is best within limits: exactly.") { file, part, choice, minimize, maximize, limits, sweep, json };
        command.SetAction((parse, cancellationToken) =>
        {
            (string? least, string? greatest) = (parse.GetValue(minimize), parse.GetValue(maximize));
            if (least is null == greatest is null)
            {
                throw new UsageException("What is to be best is said by --minimize or by --maximize, one of them.");
            }

            TableSolveReport report = TableSolve.Run(
                new TableSolveRequest(
                    parse.GetRequiredValue(file), parse.GetRequiredValue(part), parse.GetRequiredValue(choice), least ?? greatest!, greatest is not null,
                    parse.GetRequiredValue(limits), TableOptions.AtLeastOne(parse.GetValue(sweep), "--sweep")),
                cancellationToken);
            if (parse.GetValue(json))
            {
                output.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
                return Task.FromResult(ExitCode.Done);
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Parts} parts with {report.Choices:#,0} choices; {report.Seconds:0.000} s"));
            string[] limited = [.. report.Solutions[0].Limits.Keys];
            Table.Write(output, [.. limited.Select(column => $">{column} limit"), .. limited.Select(column => $">{column}"), $">{report.Score}"], report.Solutions.Select(solution => (IReadOnlyList<string>)
                [.. limited.Select(column => Number(solution.Limits[column])), .. limited.Select(column => Number(solution.Sums[column])), Number(solution.Score)]));
            output.WriteLine(string.Join(' ', report.Solutions[^1].Choices.Select(pair => $"{pair.Key}={pair.Value}")));
            return Task.FromResult(ExitCode.Done);
        });
        return HelpWithExamples.Add(
            command,
            "nas table solve stages.csv --part stage --choice block --minimize loss --max \"latency_ms<=10\"",
            "nas table solve stages.csv --part stage --choice block --minimize loss --max \"latency_ms<=20\" --max \"megabytes<=4\" --sweep 10 --json");
    }

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
