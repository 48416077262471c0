using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NasEngine.Cli.Terminal;
using NasEngine.Core.Randomness;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Networks.Kernels;

namespace NasEngine.Cli.Commands;

/// <summary><c>nas space</c>: look at search spaces.</summary>
internal static class SpaceCommands
{
    public static Command Create(TextWriter output) => HelpWithExamples.Add(
        new Command("space", "Check, show and sample search spaces.") { Validate(output), Show(output), Sample(output) },
        "nas space validate searchspaces/fashion-mobile.json", "nas space sample searchspaces/fashion-mobile.json --count 5");

    private static Argument<string> File() => new("SPACE") { Description = "The space's JSON file." };

    private static SearchSpace Read(string file) => NetworkFamilies.CreateSpaceReader().ReadFile(file);

    private static Command Validate(TextWriter output)
    {
        Argument<string> file = File();
        Command command = new("validate", "Say whether a space can be used; otherwise every fault with its place.") { file };
        command.SetAction(parse =>
        {
            SearchSpace space = Read(parse.GetRequiredValue(file));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{space.Name}: valid, {space.Size:N0} architectures"));
            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, "nas space validate searchspaces/fashion-mobile.json");
    }

    private static Command Show(TextWriter output)
    {
        Argument<string> file = File();
        Option<bool> json = CommonOptions.Json();
        Command command = new("show", "Show a space: its size, its genes, its extremes and what they cost.") { file, json };
        command.SetAction(parse =>
        {
            SearchSpace space = Read(parse.GetRequiredValue(file));
            INetworkFamily family = NetworkFamilies.Of(space);
            (string Name, Genotype Genotype)[] ends = [("smallest", space.Smallest), ("largest", space.Largest)];
            if (parse.GetValue(json))
            {
                output.WriteLine(JsonSerializer.Serialize(
                    new
                    {
                        name = space.Name,
                        family = space.Family,
                        version = space.Version,
                        fingerprint = space.Fingerprint,
                        architectures = space.Size.ToString(CultureInfo.InvariantCulture),
                        genes = space.Genes.Select(gene => new { dimension = gene.Dimension, index = gene.Index, choices = gene.Choices }),
                        extremes = ends.ToDictionary(end => end.Name, end => new { genotype = space.Format(end.Genotype), costs = CostReader.Read(family, family.Plan(space, end.Genotype)) }),
                    },
                    JsonSerializerOptions.Web));
                return ExitCode.Done;
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{space.Name} ({space.Family}, version {space.Version}): {space.Size:N0} architectures, {space.Genes.Length} genes"));
            Table.Write(output, ["dimension", ">genes", "choices"], space.Genes.GroupBy(gene => gene.Dimension).Select(group => (IReadOnlyList<string>)
                [group.Key, group.Count().ToString(CultureInfo.InvariantCulture), string.Join(", ", group.SelectMany(gene => gene.Choices).Distinct().Order().Select(choice => choice.ToString(CultureInfo.InvariantCulture)))]));
            output.WriteLine();
            Table.Write(output, ["network", ">parameters", ">MACs", ">peak memory", "genotype"], ends.Select(end => (IReadOnlyList<string>)[end.Name, .. Costs(family, space, end.Genotype), space.Format(end.Genotype)]));
            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, "nas space show searchspaces/fashion-mobile.json");
    }

    private static string[] Costs(INetworkFamily family, SearchSpace space, Genotype genotype)
    {
        NetworkCosts costs = CostReader.Read(family, family.Plan(space, genotype));
        return
        [
            costs.Parameters.ToString("N0", CultureInfo.InvariantCulture), costs.Macs.ToString("N0", CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{costs.PeakActivationBytes / 1024.0:0} KiB"),
        ];
    }

    private static Command Sample(TextWriter output)
    {
        Argument<string> file = File();
        Option<int> count = new("--count", "-n") { Description = "How many architectures.", DefaultValueFactory = static _ => 10 };
        Option<long> seed = new("--seed") { Description = "The seed of the draw.", DefaultValueFactory = static _ => 1 };
        Command command = new("sample", "Draw architectures, one a line.") { file, count, seed };
        command.SetAction(parse =>
        {
            SearchSpace space = Read(parse.GetRequiredValue(file));
            Random random = new SeedTree(parse.GetValue(seed)).Child("sample").CreateRandom();
            for (int index = 0; index < parse.GetValue(count); index++)
            {
                output.WriteLine(space.Format(space.Sample(random)));
            }

            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, "nas space sample searchspaces/fashion-mobile.json --count 5 --seed 3");
    }
}
