using System.CommandLine;
using System.Text.RegularExpressions;
using NasEngine.Cli;
using NasEngine.Testing;

namespace NasEngine.UnitTests.Documentation;

/// <summary>The commands that the documents show exist, with the options that they show.</summary>
internal sealed partial class ReadmeTests
{
    private static readonly string[] Documents =
        ["README.md", "CHANGELOG.md", "src/README.md", "searchspaces/README.md", "searchspaces/experiments/README.md", "predictors/README.md", "results/README.md"];

    private static readonly RootCommand Root = NasCommandLine.Create(TextWriter.Null, TextWriter.Null);

    private static IEnumerable<TestCaseData> Commands => Documents
        .SelectMany(file => CommandLines(File.ReadAllText(RepositoryFiles.PathOf(file))).Distinct().Select(line => new TestCaseData(line).SetArgDisplayNames(file, line)));

    private static IEnumerable<TestCaseData> Links => Documents
        .SelectMany(file => Link().Matches(File.ReadAllText(RepositoryFiles.PathOf(file))).Select(match => match.Groups[1].Value).Distinct().Select(target => new TestCaseData(file, target)));

    [TestCaseSource(nameof(Commands))]
    public void Command_OfADocument_IsUnderstood(string line)
    {
        ParseResult parsed = Root.Parse(Words(line));
        Assert.That(parsed.Errors.Select(error => error.Message), Is.Empty);
        Assert.That(parsed.CommandResult.Command, Is.Not.SameAs(Root));
    }

    [TestCaseSource(nameof(Links))]
    public void Link_OfADocument_LeadsToAFile(string file, string target) =>
        Assert.That(Path.Exists(Path.Combine(Path.GetDirectoryName(RepositoryFiles.PathOf(file))!, target)), target);

    [Test]
    public void CommandTable_OfTheReadme_HasEveryCommand()
    {
        string readme = File.ReadAllText(RepositoryFiles.PathOf("README.md"));
        IEnumerable<string> shown = TableCommand().Matches(readme).Select(match => match.Groups[1].Value);
        Assert.That(shown.Distinct(), Is.EquivalentTo(Root.Subcommands.Select(command => command.Name)));
    }

    [Test]
    public void UnknownOption_OfAKnownCommand_IsAnError() => Assert.That(Root.Parse(Words("./nas run experiment.json --sed 3")).Errors, Is.Not.Empty);

    /// <summary>Finds command lines in code blocks and code spans, variables before them left out.</summary>
    private static IEnumerable<string> CommandLines(string text)
    {
        string[] blocks = [.. Block().Matches(text).Select(match => match.Groups[1].Value)];
        IEnumerable<string> lines = blocks.SelectMany(block => block.Split('\n')).Concat(Span().Matches(Block().Replace(text, string.Empty)).Select(match => match.Groups[1].Value));
        return lines.Select(line => CommandLine().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value.Trim());
    }

    // As a shell does: quotes keep words together; a comment, a pipe or a redirection ends the command.
    private static string[] Words(string line) =>
        [.. Word().Matches(line).Select(match => match.Value.Trim('"', '\'')).Skip(1).TakeWhile(word => word is not ("#" or "|" or ">" or "&&" or ";"))];

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Span();

    [GeneratedRegex(@"^(?:time )?(?:[A-Z_]+=(?:\$\([^)]*\)*|\S+) )*((?:\./)?nas .+)$")]
    private static partial Regex CommandLine();

    [GeneratedRegex("\"[^\"]*\"|'[^']*'|\\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\]\(([^)#:]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\| `([a-z]+)[ `][^|]*\|[^|]*\| `\./nas ", RegexOptions.Multiline)]
    private static partial Regex TableCommand();
}
