using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NasEngine.Cli.Terminal;
using NasEngine.Core.Errors;
using NasEngine.Core.Progress;
using NasEngine.Jobs.Tables;

namespace NasEngine.Cli.Commands;

/// <summary><c>nas table</c>: predict and search any table of measurements.</summary>
internal static class TableCommands
{
    public static Command Create(TextWriter output, TextWriter error) => HelpWithExamples.Add(
        new Command("table", "Predict and search any table of measurements.") { Predict(output, error), Proxies(output, error), Search(output, error), TableSolveCommand.Create(output) },
        "nas table predict measured.csv --genes depth,width --target latency_ms --train 100",
        "nas table search measured.csv --genes depth,width --maximize accuracy --minimize latency_ms --evaluations 200");

    private static Command Predict(TextWriter output, TextWriter error)
    {
        TableOptions table = new();
        Option<string> target = new("--target") { Description = "The column to predict; a+b is the sum of two.", Required = true };
        Option<string?> features = new("--features") { Description = "Further columns to predict from, such as zero-cost proxies, separated by commas." };
        Option<int> train = new("--train") { Description = "How many rows to fit on.", Required = true };
        Option<string> predictor = new("--predictor") { Description = "The predictor; 'auto' chooses by cross-validation among the rows fitted on.", DefaultValueFactory = static _ => "auto" };
        Option<string> split = new("--split") { Description = "random: rows are drawn from all, the rest is judged on. file: rows are drawn from the first 80 %, the last 10 % are judged on.", DefaultValueFactory = static _ => "random" };
        split.AcceptOnlyFromAmong("random", "file");
        Command command = table.AddTo(new("predict", "Fit a predictor on some rows and judge it on others.") { target, features, train, predictor, split });
        command.SetAction((parse, cancellationToken) =>
        {
            TablePredictionRequest request = new(
                table.Source(parse), parse.GetRequiredValue(target), TableOptions.List(parse.GetValue(features)), parse.GetValue(train), table.SeedCount(parse),
                parse.GetRequiredValue(predictor), parse.GetValue(split) == "file" ? TableSplit.File : TableSplit.Random);
            IProgressSink progress = CommonOptions.Progress(error, parse.GetValue(table.Quiet));
            TablePredictionReport report = TablePrediction.Run(request, progress, cancellationToken);
            if (report.LeftOut > 0)
            {
                progress.Say(string.Create(CultureInfo.InvariantCulture, $"{report.LeftOut} rows were left out: a value is blank"));
            }

            if (report.Merged > 0)
            {
                progress.Say(string.Create(CultureInfo.InvariantCulture, $"{report.Merged} rows were averaged into others of the same architecture"));
            }

            if (parse.GetValue(table.Json))
            {
                output.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
                return Task.FromResult(ExitCode.Done);
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Predictor} on {report.Train} rows, judged on {report.Test}, {report.Seeds} seeds; fitted as {string.Join(", ", report.Chosen.Distinct())}"));
            Table.Write(output, ["metric", ">mean", ">deviation"], report.Metrics.Select(metric => (IReadOnlyList<string>)[metric.Key, Number(metric.Value.Mean), Number(metric.Value.Std)]));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fit {report.FitSeconds:0.00} s, {report.PredictPerSecond:#,0} predictions/s"));
            return Task.FromResult(ExitCode.Done);
        });
        return HelpWithExamples.Add(
            command,
            "nas table predict measured.csv --genes depth,width,kernel --target latency_ms --train 100 --seeds 5",
            "nas table predict cells.csv --space searchspaces/nas-bench-201.json --target test_acc --features synflow,nwot --train 128 --json");
    }

    private static Command Search(TextWriter output, TextWriter error)
    {
        TableOptions table = new();
        Option<string[]> maximize = new("--maximize") { Description = "A column to make greater. May be given again." };
        Option<string[]> minimize = new("--minimize") { Description = "A column to make smaller. May be given again." };
        Option<string[]> limits = new("--max", "--limit") { Description = "A hard limit, such as \"latency_ms<=5\" or \"accuracy>=70\". May be given again." };
        Option<int> evaluations = new("--evaluations") { Description = "How many rows may be looked at.", Required = true };
        Option<string> algorithm = new("--algorithm") { Description = "The search algorithm.", DefaultValueFactory = static _ => "auto" };
        Option<string[]> settings = new("--set") { Description = "A setting of the algorithm: NAME=VALUE, such as populationSize=50. May be given again." };
        Command command = table.AddTo(new("search", "Search a table as if its rows had to be measured, and say how near the best ones it comes.") { maximize, minimize, limits, evaluations, algorithm, settings });
        command.SetAction((parse, cancellationToken) =>
        {
            string name = parse.GetRequiredValue(algorithm);
            TableSearchRequest request = new(
                table.Source(parse), parse.GetValue(maximize) ?? [], parse.GetValue(minimize) ?? [], parse.GetValue(limits) ?? [],
                TableOptions.AtLeastOne(parse.GetValue(evaluations), "--evaluations"), table.SeedCount(parse), name, TableOptions.Settings(name, parse.GetValue(settings) ?? []));
            TableSearchReport report = TableSearch.Run(request, CommonOptions.Progress(error, parse.GetValue(table.Quiet)), cancellationToken);
            if (parse.GetValue(table.Json))
            {
                output.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
                return Task.FromResult(ExitCode.Done);
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Algorithm} on {report.Architectures:#,0} architectures, {report.Seeds} seeds; true hypervolume {report.TrueHypervolume:g6}; {1000 * report.SecondsPerEvaluation:0.0} ms an evaluation"));
            Table.Write(output, [">evaluations", ">missing hypervolume", ">least", ">most", ">best", ">regret"], report.ByEvaluations.Select(point => (IReadOnlyList<string>)
                [point.Evaluations.ToString(CultureInfo.InvariantCulture), Number(point.MissingHypervolume.Median), Number(point.MissingHypervolume.Min), Number(point.MissingHypervolume.Max), Number(point.BestFeasible), Number(point.Regret)]));
            foreach (string choice in report.Choices)
            {
                output.WriteLine(choice);
            }

            return Task.FromResult(ExitCode.Done);
        });
        return HelpWithExamples.Add(
            command,
            "nas table search measured.csv --genes depth,width --maximize accuracy --minimize latency_ms --evaluations 200 --seeds 10",
            "nas table search cells.csv --space searchspaces/nas-bench-201.json --maximize test_acc --max \"latency_ms<=5\" --evaluations 100 --algorithm nsga-ii --json");
    }

    private static Command Proxies(TextWriter output, TextWriter error)
    {
        TableOptions table = new();
        Option<string> target = new("--target") { Description = "The column to foretell.", Required = true };
        Option<string> proxies = new("--proxies") { Description = "The columns that foretell it, separated by commas; greater should mean greater.", Required = true };
        Option<string?> size = new("--size") { Description = "A column that says how large a network is: correlations are also given among networks of about equal size." };
        Option<int> train = new("--train") { Description = "How many rows to fit a learned combination on; 0 for none.", DefaultValueFactory = static _ => 0 };
        Command command = table.AddFile(new("proxies", "Say how well columns foretell another: alone, at matched size, and combined.") { target, proxies, size, train });
        command.SetAction((parse, cancellationToken) =>
        {
            int fitted = parse.GetValue(train) is >= 0 and var rows ? rows : throw new UsageException("--train takes a number from 0 on.");
            TableProxiesReport report = TableProxies.Run(
                new TableProxiesRequest(table.File(parse), parse.GetRequiredValue(target), TableOptions.List(parse.GetRequiredValue(proxies)), parse.GetValue(size), fitted, table.SeedCount(parse)),
                CommonOptions.Progress(error, parse.GetValue(table.Quiet)),
                cancellationToken);
            if (parse.GetValue(table.Json))
            {
                output.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
                return Task.FromResult(ExitCode.Done);
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Target}, {report.Rows:#,0} rows"));
            Table.Write(output, ["proxy", ">Spearman", ">Kendall tau", ">best tenth", ">matched size"], report.Proxies
                .Append(report.LogRankSum with { Name = "log-rank sum of all" }).Append(report.Chosen with { Name = $"log-rank sum of {report.Chosen.Name}, chosen on the other half" })
                .Select(one => (IReadOnlyList<string>)[one.Name, Number(one.Spearman), Number(one.Tau), Number(one.TopTenth), Number(one.MatchedSize)]));
            if (report.Learned is LearnedProxies learned)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"learned from {learned.Train} rows ({string.Join(", ", learned.Predictors.Distinct())}): Spearman {Number(learned.Spearman.Mean)}, Kendall tau {Number(learned.Tau.Mean)}"));
            }

            return Task.FromResult(ExitCode.Done);
        });
        return HelpWithExamples.Add(command, "nas table proxies cells.csv --target test_acc --proxies synflow,nwot,jacov,params --size params --train 128");
    }

    private static string Number(double? value) => value is double number ? number.ToString(Math.Abs(number) is > 0 and < 0.01 ? "0.0e0" : "0.####", CultureInfo.InvariantCulture) : "-";
}
