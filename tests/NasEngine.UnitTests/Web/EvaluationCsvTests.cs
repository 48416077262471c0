using System.Globalization;
using System.Text.RegularExpressions;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Queries;
using NasEngine.Testing.Web;

namespace NasEngine.UnitTests.Web;

internal sealed partial class EvaluationCsvTests
{
    private TestService _service = null!;
    private RunRecord _run = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _service = await TestService.StartAsync();
        _run = await _service.AddRunAsync(evaluations: 2300);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _service.DisposeAsync();

    [Test]
    public async Task Get_StageOfSeveralBatches_HasEveryRowWithGenesAndMetrics()
    {
        using HttpResponseMessage response = await _service.Client.GetAsync("/api/v1/runs/sample/evaluations.csv");
        string[] lines = (await response.Content.ReadAsStringAsync()).Split("\r\n");
        SearchSpace space = _service.Experiment(_run).Space;
        IReadOnlyList<StoredEvaluation> stored = await _service.Store.Runs.GetEvaluationsAsync(_run.Id, "search", CancellationToken.None);
        string[] heads = lines[0].Split(',');
        Assert.That((response.Content.Headers.ContentType!.MediaType, response.Content.Headers.ContentDisposition!.FileName), Is.EqualTo(("text/csv", $"{_run.Id}-search.csv")));
        Assert.That(heads, Is.EqualTo((string[])["sequence", "genotype", .. space.Genes.Select(gene => gene.Name), "accuracy", "latency@local", "loss", "macs", "memory", "parameters"]));
        Assert.That((lines.Length, lines[^1]), Is.EqualTo((2302, string.Empty)));
        foreach (int row in (int[])[0, 999, 1000, 2299])
        {
            string[] cells = [.. BetweenCommas().Split(lines[row + 1]).Select(cell => cell.Trim('"'))];
            Genotype genotype = space.Parse(stored[row].Genotype);
            Assert.That(cells[1], Is.EqualTo(stored[row].Genotype));
            Assert.That(cells[2..^6], Is.EqualTo(space.Genes.Select((gene, index) => space.IsActive(genotype, index) ? gene.TextOf(genotype.Choices[index]) : string.Empty)));
            Assert.That(double.Parse(cells[^6], CultureInfo.InvariantCulture), Is.EqualTo(stored[row].Metrics["accuracy"]));
            Assert.That(cells.Length, Is.EqualTo(heads.Length));
        }
    }

    [Test]
    public async Task Get_RowsWithForeignWordsAndMissingValues_LeavesFieldsEmptyAndWritesNoFormula()
    {
        RunRecord run = await _service.AddRunAsync("odd", 10);
        await _service.Store.Runs.AppendEvaluationsAsync(
            run.Id, "sample", [("=HYPERLINK(\"x\",1)", new MetricSet(("accuracy", double.NaN), ("+late", -0.5))), ("x", new MetricSet(("accuracy", double.PositiveInfinity)))], CancellationToken.None);
        string[] lines = (await _service.Client.GetStringAsync("/api/v1/runs/odd/evaluations.csv?stage=sample")).Split("\r\n");
        int genes = _service.Experiment(run).Space.Genes.Length;
        Assert.That(lines[0], Does.EndWith(",accuracy,'+late"));
        Assert.That(lines[1], Is.EqualTo($"0,\"'=HYPERLINK(\"\"x\"\",1)\"{new string(',', genes)},,-0.5"));
        Assert.That(lines[2], Is.EqualTo($"1,x{new string(',', genes)},,"));
    }

    [Test]
    public async Task Get_StageWithoutRows_HasTheHeadAlone() =>
        Assert.That(await _service.Client.GetStringAsync("/api/v1/runs/sample/evaluations.csv?stage=verify-scores"), Does.StartWith("sequence,genotype,").And.EndsWith("\r\n").And.Not.Contains("\r\n0"));

    [TestCase("runs/sample/evaluations.csv?stage=nonsense", 400)]
    [TestCase("runs/nothing/evaluations.csv", 404)]
    public async Task Get_WhatCannotBe_AnswersAProblem(string path, int status) => Assert.That((await _service.SendAsync(HttpMethod.Get, path)).Status, Is.EqualTo(status));

    [TestCase("plain", "plain")]
    [TestCase("", "")]
    [TestCase("-1.5", "-1.5")]
    [TestCase("+3e-7", "+3e-7")]
    [TestCase("-x", "'-x")]
    [TestCase("=1+1", "'=1+1")]
    [TestCase("@sum", "'@sum")]
    [TestCase("\t=1", "'\t=1")]
    [TestCase("a,b", "\"a,b\"")]
    [TestCase("say \"a\"", "\"say \"\"a\"\"\"")]
    [TestCase("two\nlines", "\"two\nlines\"")]
    [TestCase("-a,\"b\"", "\"'-a,\"\"b\"\"\"")]
    public void Field_Text_IsQuotedAndNoFormula(string text, string field) => Assert.That(EvaluationCsv.Field(text), Is.EqualTo(field));

    [Test]
    public async Task WriteAsync_ManyRows_WritesPiecesInsteadOfOneText()
    {
        await using PieceStream stream = new();
        EvaluationCsv csv = new(_service.Store.Queries, new StoredExperiments());
        await csv.WriteAsync(_run, "search", stream, CancellationToken.None);
        Assert.That(stream.Pieces, Has.Count.EqualTo(4), "3 batches and an end");
        Assert.That(stream.Pieces.Max(), Is.LessThan(0.5 * stream.Pieces.Sum()));
    }

    // A comma with an even number of quotation marks behind it is no part of a field.
    [GeneratedRegex("""[,](?=(?:[^"]*"[^"]*")*[^"]*$)""")]
    private static partial Regex BetweenCommas();

    private sealed class PieceStream : MemoryStream
    {
        public List<int> Pieces { get; } = [];

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Pieces.Add(buffer.Length);
            return ValueTask.CompletedTask;
        }
    }
}
