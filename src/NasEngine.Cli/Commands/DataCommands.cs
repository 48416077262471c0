using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NasEngine.Cli.Terminal;
using NasEngine.Jobs.Runs;
using NasEngine.Training.DataSets;

namespace NasEngine.Cli.Commands;

/// <summary><c>nas data</c>: data sets.</summary>
internal static class DataCommands
{
    public static Command Create(TextWriter output, TextWriter error) => HelpWithExamples.Add(
        new Command("data", "List, get and look at data sets.") { List(output), Get(output, error), Show(output) },
        "nas data list", "nas data get fashion-mnist", "nas data show ./my-images --size 32");

    private static Command List(TextWriter output)
    {
        Option<bool> json = CommonOptions.Json();
        Command command = new("list", "List the data sets known by name.") { json };
        command.SetAction(parse =>
        {
            IReadOnlyList<DataSetListing> all = new DataSetRegistry(Workplace.FromEnvironment().Data).List();
            if (parse.GetValue(json))
            {
                output.WriteLine(JsonSerializer.Serialize(
                    all.Select(entry => new { name = entry.DataSet.Name, what = entry.DataSet.What, size = entry.DataSet.Size, source = entry.DataSet.Source, licence = entry.DataSet.Licence, folder = entry.Folder, present = entry.IsPresent }),
                    JsonSerializerOptions.Web));
            }
            else
            {
                Table.Write(output, ["name", "here", "size", "what", "source", "licence"], all.Select(entry => (IReadOnlyList<string>)
                    [entry.DataSet.Name, entry.IsPresent ? "yes" : "no", entry.DataSet.Size, entry.DataSet.What, entry.DataSet.Source, entry.DataSet.Licence]));
            }

            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, "nas data list");
    }

    private static Command Get(TextWriter output, TextWriter error)
    {
        Argument<string> name = new("NAME") { Description = "A name of 'nas data list'." };
        Command command = new("get", "Bring a data set to this machine.") { name };
        command.SetAction(async (parse, cancellationToken) =>
        {
            string folder = await new DataFetcher(Workplace.FromEnvironment().Data, CommonOptions.Progress(error, quiet: false).Say).FetchAsync(parse.GetRequiredValue(name), cancellationToken).ConfigureAwait(false);
            await output.WriteLineAsync(folder).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, "nas data get fashion-mnist");
    }

    private static Command Show(TextWriter output)
    {
        Argument<string> name = new("DATA") { Description = "A name, or the path of a folder." };
        Option<int?> size = new("--size") { Description = "Height and width to scale the images of a folder to." };
        Command command = new("show", "Open a data set and say what it holds.") { name, size };
        command.SetAction(parse =>
        {
            ImageDataSet data = new DataSetRegistry(Workplace.FromEnvironment().Data).Open(parse.GetRequiredValue(name), new ImageFolderOptions { Size = parse.GetValue(size) });
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{data.Name}: {data.Train.Count} training and {data.Test.Count} test images, {data.Channels} × {data.Height} × {data.Width}, {data.Classes} classes"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mean {string.Join(", ", data.Mean.Select(value => value.ToString("0.####", CultureInfo.InvariantCulture)))}; standard deviation {string.Join(", ", data.StandardDeviation.Select(value => value.ToString("0.####", CultureInfo.InvariantCulture)))}"));
            output.WriteLine($"classes: {string.Join(", ", data.ClassNames)}");
            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, "nas data show fashion-mnist");
    }
}
