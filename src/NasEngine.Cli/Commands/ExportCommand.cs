using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NasEngine.Cli.Terminal;
using NasEngine.Core.Devices;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Exporting;
using NasEngine.Jobs.Runs;
using NasEngine.Web.Client;

namespace NasEngine.Cli.Commands;

/// <summary><c>nas export</c>: a network of a front as ONNX.</summary>
internal static class ExportCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        Argument<string> run = CommonOptions.RunName();
        Option<string> pick = new("--pick") { Description = "best, fastest, or a number of the front.", DefaultValueFactory = static _ => "best" };
        Option<string?> genotype = new("--genotype") { Description = "Any architecture of the space, in the words of 'nas front', in place of --pick." };
        Option<string> file = new("--out", "-o") { Description = "The file to write.", Required = true };
        Option<int> images = new("--images") { Description = "Test images to check the file on.", DefaultValueFactory = static _ => 64 };
        Option<bool> json = CommonOptions.Json();
        Command command = RemoteService.AddTo(new("export", "Write a network as ONNX, after checking it in ONNX Runtime against the supernet.") { run, pick, genotype, file, images, json, CommonOptions.Store() });
        command.SetAction(async (parse, cancellationToken) =>
        {
            using NasClient? client = RemoteService.Client(parse);
            if (client is not null)
            {
                string? any = parse.GetValue(genotype);
                await RemoteRuns.ExportAsync(
                    client, parse.GetRequiredValue(run), any, any is null ? parse.GetRequiredValue(pick) : null, Path.GetFullPath(parse.GetRequiredValue(file)), parse.GetValue(json), output, cancellationToken).ConfigureAwait(false);
                return ExitCode.Done;
            }

            RunServices services = await CommonOptions.ServicesAsync(parse, error, quiet: true, cancellationToken).ConfigureAwait(false);
            await using (services.Store.ConfigureAwait(false))
            {
                RunRecord record = await StoredRuns.RequireAsync(services.Store, parse.GetRequiredValue(run), cancellationToken).ConfigureAwait(false);
                Experiment experiment = StoredRuns.Experiment(record);
                RunContext context = new(experiment, record, services);
                IDevice runtime = services.OpenDevice("local");
                await using (context.ConfigureAwait(false))
                await using (runtime.ConfigureAwait(false))
                {
                    string wanted = parse.GetValue(genotype) ?? FrontPick.Choose(
                        await FrontReader.ReadAsync(context, cancellationToken).ConfigureAwait(false),
                        experiment.Objectives, parse.GetRequiredValue(pick)).Genotype;
                    ExportedModel model = await SubnetExporter.ExportAsync(
                        context, context.Space.Parse(wanted), Path.GetFullPath(parse.GetRequiredValue(file)), Math.Clamp(parse.GetValue(images), 1, 4096), runtime, cancellationToken).ConfigureAwait(false);
                    await output.WriteLineAsync(parse.GetValue(json)
                        ? JsonSerializer.Serialize(model, JsonSerializerOptions.Web)
                        : string.Create(CultureInfo.InvariantCulture, $"{model.Path}: {model.Bytes} bytes, {model.Genotype}; on {model.Images} images at most {model.LargestDifference:0.0e+0} from the supernet, same class for {model.TopOneAgreement:0.0 %}")).ConfigureAwait(false);
                    return ExitCode.Done;
                }
            }
        });
        return HelpWithExamples.Add(command, "nas export latest --pick fastest --out small.onnx", "nas export quickstart --pick 3 --out third.onnx");
    }
}
