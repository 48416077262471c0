using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NasEngine.Cli.Terminal;
using NasEngine.Jobs.Runs;
using NasEngine.Storage;

namespace NasEngine.Cli.Commands;

/// <summary><c>nas store</c>: the database itself.</summary>
internal static class StoreCommands
{
    public static Command Create(TextWriter output) => HelpWithExamples.Add(
        new Command("store", "Look at the database; move it to another one.") { Info(output), Export(output), Import(output) },
        "nas store info", "nas store export all.nas.gz", "nas store import all.nas.gz --store postgres://nas@db.example/nas");

    private static Command Info(TextWriter output)
    {
        Option<bool> json = CommonOptions.Json();
        Command command = new("info", "Say where the database is and what it holds.") { json, CommonOptions.Store() };
        command.SetAction(async (parse, cancellationToken) =>
        {
            NasStore store = await OpenAsync(parse, cancellationToken).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                StoreSummary found = await store.SummarizeAsync(cancellationToken).ConfigureAwait(false);
                await output.WriteLineAsync(parse.GetValue(json) ? JsonSerializer.Serialize(found, JsonSerializerOptions.Web) : Text(found)).ConfigureAwait(false);
                return ExitCode.Done;
            }
        });
        return HelpWithExamples.Add(command, "nas store info");
    }

    private static Command Export(TextWriter output)
    {
        Argument<string> file = new("FILE") { Description = "The file to write." };
        Command command = new("export", "Write all runs, measurements and files of the database to one file.") { file, CommonOptions.Store() };
        command.SetAction(async (parse, cancellationToken) =>
        {
            NasStore store = await OpenAsync(parse, cancellationToken).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                string path = parse.GetRequiredValue(file);
                long lines = await store.ExportAsync(path, cancellationToken).ConfigureAwait(false);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{path}: {lines} lines from {store.Location}")).ConfigureAwait(false);
                return ExitCode.Done;
            }
        });
        return HelpWithExamples.Add(command, "nas store export all.nas.gz");
    }

    private static Command Import(TextWriter output)
    {
        Argument<string> file = new("FILE") { Description = "A file of 'nas store export'." };
        Command command = new("import", "Add what another database exported; what is there already stays as it is.") { file, CommonOptions.Store() };
        command.SetAction(async (parse, cancellationToken) =>
        {
            NasStore store = await OpenAsync(parse, cancellationToken).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                string path = parse.GetRequiredValue(file);
                long lines = await store.ImportAsync(path, cancellationToken).ConfigureAwait(false);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{store.Location}: has all {lines} lines of {path}")).ConfigureAwait(false);
                return ExitCode.Done;
            }
        });
        return HelpWithExamples.Add(command, "nas store import all.nas.gz --store postgres://nas@db.example/nas");
    }

    private static Task<NasStore> OpenAsync(ParseResult parse, CancellationToken cancellationToken) =>
        NasStore.OpenAsync(CommonOptions.StoreLocation(parse, Workplace.FromEnvironment()), cancellationToken: cancellationToken);

    private static string Text(StoreSummary found) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {found.Location} ({found.Kind}, schema {found.Schema})
        {found.Runs:n0} runs of {found.Spaces:n0} spaces
        {found.Evaluations:n0} evaluations, {found.Measurements:n0} measurements, {found.Predictors:n0} predictors
        {found.Artefacts:n0} artefacts; the content of {found.Files:n0} files, {found.FileBytes:n0} bytes
        """);
}
