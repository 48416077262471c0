using System.CommandLine;
using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Json;
using NasEngine.Jobs.Tables;
using NasEngine.Search;

namespace NasEngine.Cli.Commands;

/// <summary>What the commands on tables have in common: the file, and what its columns mean.</summary>
internal sealed class TableOptions
{
    private readonly Argument<string> _file = new("TABLE") { Description = "A CSV file with a line of column names." };
    private readonly Option<string?> _genes = new("--genes") { Description = "Columns that are genes, separated by commas. Numbers are ordered, texts are kinds." };
    private readonly Option<string?> _categorical = new("--categorical") { Description = "Those of the genes whose numbers are kinds without an order." };
    private readonly Option<string?> _space = new("--space") { Description = "A space file of family 'table' in place of --genes: the order of choices, genes that do not always matter, the graph of a cell." };

    /// <summary>Gets <c>--json</c>.</summary>
    public Option<bool> Json { get; } = CommonOptions.Json();

    /// <summary>Gets <c>--quiet</c>.</summary>
    public Option<bool> Quiet { get; } = CommonOptions.Quiet();

    /// <summary>Gets <c>--seeds</c>.</summary>
    public Option<int> Seeds { get; } = new("--seeds") { Description = "How often to repeat, with seeds 1, 2, 3 …", DefaultValueFactory = static _ => 5 };

    /// <summary>Adds the options to a command.</summary>
    public Command AddTo(Command command)
    {
        foreach (Option option in (Option[])[_genes, _categorical, _space])
        {
            command.Add(option);
        }

        return AddFile(command);
    }

    /// <summary>Adds the file alone to a command.</summary>
    public Command AddFile(Command command)
    {
        command.Arguments.Insert(0, _file);
        foreach (Option option in (Option[])[Seeds, Json, Quiet])
        {
            command.Add(option);
        }

        return command;
    }

    /// <summary>Gives the file's name.</summary>
    public string File(ParseResult parse) => parse.GetRequiredValue(_file);

    /// <summary>Reads which table it is.</summary>
    public TableSource Source(ParseResult parse) => new(File(parse), List(parse.GetValue(_genes)), List(parse.GetValue(_categorical)), parse.GetValue(_space));

    /// <summary>Reads the number of seeds.</summary>
    public int SeedCount(ParseResult parse) => AtLeastOne(parse.GetValue(Seeds), "--seeds");

    /// <summary>Splits a list at its commas.</summary>
    public static IReadOnlyList<string> List(string? text) => text is null ? [] : text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Checks a number that must be positive.</summary>
    public static int AtLeastOne(int value, string option) => value >= 1 ? value : throw new UsageException(FormattableString.Invariant($"{option} takes a number from 1 on, not {value}."));

    /// <summary>Reads an algorithm's settings.</summary>
    /// <param name="algorithm">The algorithm's name.</param>
    /// <param name="settings">Texts such as <c>populationSize=50</c>.</param>
    public static SearchAlgorithmOptions Settings(string algorithm, IReadOnlyList<string> settings)
    {
        ISearchAlgorithmKind kind = SearchAlgorithmRegistry.Default.Find(algorithm);
        string[] pairs = [.. settings.Select(text => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? $"{JsonSerializer.Serialize(text[..at])}: {Value(text[(at + 1)..])}"
            : throw new UsageException($"--set takes NAME=VALUE, such as populationSize=50, not '{text}'."))];
        return StrictJson.Read("--set", System.Text.Encoding.UTF8.GetBytes($"{{ {string.Join(", ", pairs)} }}"), kind.ReadOptions);
    }

    private static string Value(string text)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(text);
            return text;
        }
        catch (JsonException)
        {
            return JsonSerializer.Serialize(text);
        }
    }
}
